"""The sample conversations and their media."""

from __future__ import annotations

from appliance_sandbox.control import Phone
from appliance_sandbox.conversations import STEPS, conversations, play_step
from appliance_sandbox.ready import SAMPLES

from .conftest import Api


def test_there_are_conversations_in_both_languages() -> None:
    languages = [conversation.customer["language_code"] for conversation in conversations()]
    assert set(languages) == {"ru", "en"}
    assert len(languages) >= 8


def test_every_step_has_one_known_kind() -> None:
    for conversation in conversations():
        for step in conversation.steps:
            assert len({*STEPS, "reply", "drive"} & set(step)) == 1, step


def test_every_step_of_a_customer_can_be_played(api: Api, phone: Phone, chat: int) -> None:
    api.result("sendMessage", chat_id=chat, text="something to react to")
    all_steps = [step for conversation in conversations() for step in conversation.steps]
    steps = [step for step in all_steps if not {"reply", "drive"} & set(step)]
    for step in steps:
        play_step(phone, step)
    albums = sum(len(step["album"]) - 1 for step in steps if "album" in step)
    reactions = sum("react" in step for step in steps)
    moves = sum(len(step["live"]) - 1 for step in steps if "live" in step)
    assert len(api.result("getUpdates")) == len(steps) + albums + moves - reactions


def test_the_samples_are_small() -> None:
    assert sum(file.stat().st_size for file in SAMPLES.iterdir()) < 2_000_000
