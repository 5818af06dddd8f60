"""The limits on how fast a bot may speak, which are off unless asked for."""

from __future__ import annotations

from appliance_sandbox.control import Control, Phone

from .conftest import Api


def _say(api: Api, chat: int, times: int) -> list[int]:
    """The codes of so many sends; 0 for one that went out."""
    return [api.call("sendMessage", chat_id=chat, text=str(number)).get("error_code", 0) for number in range(times)]


def test_nothing_is_limited_unless_asked_for(api: Api, control: Control, chat: int) -> None:
    assert control.pace() == {}
    assert _say(api, chat, 40) == [0] * 40


def test_a_private_chat_takes_a_burst_and_then_says_when_to_go_on(api: Api, control: Control, chat: int) -> None:
    control.keep_pace(chat_seconds=60)
    assert _say(api, chat, 4) == [0, 0, 0, 429]
    refused = api.call("sendMessage", chat_id=chat, text="x")
    wait = refused["parameters"]["retry_after"]
    assert 50 <= wait <= 60
    assert refused["description"] == f"Too Many Requests: retry after {wait}"
    assert api.result("sendChatAction", chat_id=chat, action="typing")
    assert api.result("getMe")


def test_one_chat_does_not_slow_another(api: Api, control: Control, bot: int, chat: int) -> None:
    oleg = control.phone(bot, control.add_customer("Oleg")["id"])
    oleg.start()
    control.keep_pace(chat_seconds=60, chat_burst=1)
    assert _say(api, chat, 2) == [0, 429]
    assert _say(api, oleg.chat_id, 2) == [0, 429]


def test_a_group_takes_twenty_a_minute_edits_included(api: Api, control: Control, bot: int, phone: Phone) -> None:
    group = control.add_group("Shop", members=[phone.customer_id])["id"]
    control.change_membership(bot, group, "join", phone.customer_id)
    control.keep_pace(overall_per_second=0)
    assert _say(api, group, 19) == [0] * 19
    last = control.phone(bot, phone.customer_id, group).answers()[-1]["message_id"]
    assert api.result("editMessageText", chat_id=group, message_id=last, text="corrected")
    assert api.refusal("editMessageText", chat_id=group, message_id=last, text="again")[0] == 429
    assert _say(api, group, 1) == [429]


def test_all_chats_together_take_so_many(api: Api, control: Control, bot: int) -> None:
    phones = [control.phone(bot, control.add_customer(f"Customer {number}")["id"]) for number in range(4)]
    for one in phones:
        one.start()
    control.keep_pace(overall_per_second=0.02)
    assert [_say(api, one.chat_id, 1) for one in phones] == [[0], [429], [429], [429]]


def test_it_tells_when_who_was_written_to(api: Api, control: Control, bot: int, chat: int) -> None:
    control.keep_pace(chat_seconds=60, chat_burst=1)
    _say(api, chat, 2)
    api.result("getChat", chat_id=chat)
    first, second = control.sendings(bot, chat)
    assert (first["method"], first["refused"], second["refused"]) == ("sendMessage", False, True)
    assert first["at"] <= second["at"]
    assert control.sendings(bot, 42) == []


def test_lifting_it_forgets_what_was_said(api: Api, control: Control, chat: int) -> None:
    control.keep_pace(chat_seconds=60, chat_burst=1)
    _say(api, chat, 2)
    control.clear_faults()
    assert _say(api, chat, 3) == [0, 0, 0]
    control.keep_pace()
    assert control.pace() == {
        "chat_seconds": 1.0, "chat_burst": 3, "overall_per_second": 30.0, "group_per_minute": 20.0,
    }  # fmt: skip
    control.lift_pace()
    assert control.pace() == {}
