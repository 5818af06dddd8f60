"""Receiving over real HTTP: nothing is acknowledged that is not in the journal, and nothing stops the next."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from appliance import ConnectionInfo
from appliance_telegram import poll_troubles, timeouts
from appliance_telegram.channel import TelegramChannel
from appliance_telegram.pauses import Pauses
from appliance_telegram.poller import ALLOWED_UPDATES
from plugins.telegram.tests.kept_journal import KeptJournal
from plugins.telegram.tests.local_bot_api import Answer, HangUp, LocalBotApi, Refuse, conflict, refusal, result
from plugins.telegram.tests.serving import serving


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pauses, "take", lambda self: 0.02)


def text_update(number: int, text: str = "hi") -> dict[str, object]:
    message = {"message_id": number, "date": 1, "chat": {"id": 5, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


def received(journal: KeptJournal, *numbers: int) -> Callable[[], bool]:
    return lambda: [row.external_id for row in journal.rows] == [str(number) for number in numbers]


def test_it_keeps_what_waits_and_then_what_comes(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()
    api.add_update(text_update(10))
    api.add_update(text_update(11))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10, 11))
        api.add_update(text_update(12, "💧"))
        journal.wait_for(received(journal, 10, 11, 12))
    assert journal.mark == "13"
    assert journal.rows[2].raw.decode().endswith('"text": "💧"}}')
    assert journal.rows[2].chat_key == "5"
    assert journal.lives >= 2


def test_it_names_the_kinds_it_wants(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal("10")
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    first = api.of("getUpdates")[0].params
    assert first["allowed_updates"] == list(ALLOWED_UPDATES)
    assert "message_reaction" in first["allowed_updates"]
    assert first["offset"] == 10


def test_a_commit_that_fails_acknowledges_nothing(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()

    def fail() -> None:
        raise RuntimeError("the disk is full")

    journal.before_commit = fail
    api.add_update(text_update(10))
    with serving(channel, connection, journal):
        deadline = time.monotonic() + 5
        while not api.of("getUpdates") and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.2)
    assert [call.params.get("offset") for call in api.of("getUpdates")] == [None]
    journal.before_commit = lambda: None
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10))


def test_the_journal_has_it_before_the_next_question(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()
    questions: list[int] = []
    journal.before_commit = lambda: questions.append(len(api.of("getUpdates")))
    for number in (10, 11):
        api.add_update(text_update(number))
        with serving(channel, connection, journal):
            journal.wait_for(lambda expected=number: journal.mark == str(expected + 1))  # type: ignore[misc]
    offsets = [call.params.get("offset") for call in api.of("getUpdates")]
    assert all(offset in (None, 11, 12) for offset in offsets)
    assert offsets.index(11) >= questions[0]


def test_one_update_that_cannot_be_decoded_does_not_stop_the_others(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()
    api.add_update(text_update(10))
    api.updates.append((11, b'{"update_id":11,"message":{"chat":{"id":77},"text":"\xff\xfe'))
    api.add_update(text_update(12))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10, 11, 12))
    assert b"\xff\xfe" in journal.rows[1].raw
    assert journal.rows[1].chat_key == "77"
    assert journal.mark == "13"
    assert journal.troubles == []


def test_an_update_whose_number_cannot_be_seen_is_passed_and_kept_once(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal("10")
    api.updates.append((12, b"{garbage"))
    api.add_update(text_update(13))
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.mark == "14")
    assert [row.external_id for row in journal.rows] == ["", "13"]


def test_an_answer_that_is_cut_for_a_while_loses_nothing(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal("10")
    cut = b'{"ok":true,"result":[{"message":{"text":"hi"},"upd'
    api.script["getUpdates"].extend([Answer(200, cut)] * 6)
    api.add_update(text_update(10))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10))
    assert {code for code, _ in journal.troubles} == {"unreadable_answer"}


def test_an_update_that_always_comes_cut_does_not_stop_the_others(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal("10")
    cut = b'{"ok":true,"result":[{"update_id":10,"message":{"text":"hi'
    api.script["getUpdates"].extend([Answer(200, cut)] * 9)
    api.add_update(text_update(11))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10, 11))
    assert journal.rows[0].raw == cut


@pytest.mark.parametrize("body", [b"<html>Please sign in</html>", b"", b"[]"])
def test_a_sign_in_page_is_no_update(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, body: bytes
) -> None:
    journal = KeptJournal("10")
    api.script["getUpdates"].extend([Answer(200, body)] * 3)
    api.add_update(text_update(10))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10))
    assert journal.troubles[0][0] == "not_telegram"


def test_one_cut_line_is_no_trouble(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal()
    api.script["getUpdates"].append(HangUp())
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    assert journal.troubles == []


def test_two_cut_lines_are_trouble(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal()
    api.script["getUpdates"].extend([HangUp(), Refuse(), result([])])
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    assert [code for code, _ in journal.troubles] == ["no_internet"]


def test_a_conflict_after_a_restart_is_no_trouble_and_a_lasting_one_is(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll_troubles, "_QUIET_SECONDS", 0.2)
    journal = KeptJournal()
    api.script["getUpdates"].extend([conflict(), conflict()])
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    assert journal.troubles == []
    api.script["getUpdates"].extend([conflict()] * 4)
    with serving(channel, connection, journal):
        journal.wait_for(lambda: len(journal.troubles) == 2)
        time.sleep(0.3)
        api.add_update(text_update(10))
        journal.wait_for(lambda: journal.lives >= 2)
    assert {code for code, _ in journal.troubles} == {"second_poller"}


def test_another_box_is_told_although_every_second_question_is_answered(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll_troubles, "_QUIET_SECONDS", 2.0)
    journal = KeptJournal()
    api.script["getUpdates"].extend([conflict(), result([])] * 4)
    with serving(channel, connection, journal):
        journal.wait_for(lambda: len(journal.troubles) == 2)
        assert journal.lives == 2, "an answer between two conflicts is no sign of peace"
        time.sleep(2.1)
        api.add_update(text_update(10))
        journal.wait_for(lambda: journal.lives == 3)
    assert {code for code, _ in journal.troubles} == {"second_poller"}


def test_a_webhook_set_later_is_named(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal()
    api.webhook = "https://old-desk.example/hook"
    api.script["getUpdates"].append(
        refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    )
    with serving(channel, connection, journal):
        journal.wait_for(lambda: bool(journal.troubles))
    assert journal.troubles[0] == ("webhook_elsewhere", {"host": "old-desk.example"})


def test_a_revoked_token_is_told(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal()
    api.script["getUpdates"].append(refusal(401, "Unauthorized"))
    with serving(channel, connection, journal):
        journal.wait_for(lambda: bool(journal.troubles))
    assert journal.troubles[0][0] == "token_revoked"


def test_it_waits_as_long_as_telegram_asks(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()
    api.script["getUpdates"].append(refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    began = time.monotonic()
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    assert time.monotonic() - began >= 1
    assert journal.troubles[0][0] == "rate_limited"


def test_disturbances_pass(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    journal = KeptJournal()
    html = Answer(502, b"<html><h1>502 Bad Gateway</h1></html>")
    api.script["getUpdates"].extend([html, refusal(500, "Internal Server Error: restart"), html])
    api.add_update(text_update(10))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10))
    assert {code for code, _ in journal.troubles} == {"server"}


def test_it_does_not_wait_for_the_end_of_a_long_question_to_stop(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "poll_seconds", lambda: 50)
    journal = KeptJournal("10")
    with serving(channel, connection, journal) as stop:
        journal.wait_for(lambda: journal.lives >= 1)
        time.sleep(0.3)
        assert api.of("getUpdates")[-1].params["timeout"] == 50
        stop.set()
        began = time.monotonic()
    assert time.monotonic() - began < 10
    api.add_update(text_update(10))
    with serving(channel, connection, journal):
        journal.wait_for(received(journal, 10))


def test_settings_that_cannot_be_right_are_told_and_wait(channel: TelegramChannel) -> None:
    journal = KeptJournal()
    with serving(channel, ConnectionInfo(1, {"token": "nonsense"}), journal):
        journal.wait_for(lambda: bool(journal.troubles))
    assert journal.troubles == [("token_malformed", {})]
