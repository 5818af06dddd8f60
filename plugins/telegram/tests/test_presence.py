"""Typing, taken presses, groups that are left, links that invite: over real HTTP where there is a call."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance import (
    Account,
    Chat,
    ConnectionInfo,
    IncomingButton,
    Manner,
    Outgoing,
    OutgoingPart,
    Person,
    Reference,
    SendError,
)
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.local_bot_api import LocalBotApi, refusal

PRESS = IncomingButton(Chat("5"), Person("5", "Anna"), Reference("5", "101"), datetime.now(UTC), "answer:1", "query-1")


def told(api: LocalBotApi) -> list[tuple[str, dict[str, object]]]:
    return [(call.method, call.params) for call in api.calls]


def test_typing_is_shown(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    channel.show_typing(connection, "5")
    channel.show_typing(connection, "Conn1:5")
    assert told(api) == [
        ("sendChatAction", {"chat_id": 5, "action": "typing"}),
        ("sendChatAction", {"chat_id": 5, "business_connection_id": "Conn1", "action": "typing"}),
    ]


def test_typing_to_somebody_who_left_is_said(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.script["sendChatAction"].append(refusal(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(SendError, match="blocked"):
        channel.show_typing(connection, "5")


def test_a_press_is_answered_and_its_buttons_go(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    channel.answer_press(connection, PRESS)
    assert told(api) == [
        ("answerCallbackQuery", {"callback_query_id": "query-1"}),
        ("editMessageReplyMarkup", {"chat_id": 5, "message_id": 101}),
    ]


def test_a_press_that_is_too_old_still_takes_the_buttons_away(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    api.script["answerCallbackQuery"].append(refusal(400, old))
    api.script["editMessageReplyMarkup"].append(refusal(400, "Bad Request: message is not modified: exactly the same"))
    channel.answer_press(connection, PRESS)
    assert [call.method for call in api.calls] == ["answerCallbackQuery", "editMessageReplyMarkup"]


def test_a_press_that_cannot_be_answered_is_said_after_the_buttons_went(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.script["answerCallbackQuery"].append(refusal(500, "Internal Server Error: restart"))
    with pytest.raises(SendError, match="server"):
        channel.answer_press(connection, PRESS)
    assert [call.method for call in api.calls] == ["answerCallbackQuery", "editMessageReplyMarkup"]


def test_a_press_without_a_query_only_loses_its_buttons(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    channel.answer_press(connection, replace(PRESS, callback_id="", reference=Reference("Conn1:5", "101")))
    business = {"chat_id": 5, "business_connection_id": "Conn1", "message_id": 101}
    assert told(api) == [("editMessageReplyMarkup", business)]


def test_a_group_is_left_once(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    away = refusal(403, "Forbidden: bot is not a member of the supergroup chat")
    channel.leave(connection, "-100500")
    api.script["leaveChat"].append(away)
    channel.leave(connection, "-100500")
    assert told(api) == [("leaveChat", {"chat_id": -100500})] * 2


def test_a_group_that_cannot_be_left_now_is_said(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.close()
    with pytest.raises(SendError, match="network"):
        channel.leave(connection, "-100500")


def test_an_invitation_brings_its_code(channel: TelegramChannel) -> None:
    account = Account("7", "Tea Shop", "@tea_shop_bot", "https://t.me/tea_shop_bot")
    assert channel.invite(account, "till-3_A") == "https://t.me/tea_shop_bot?start=till-3_A"
    assert channel.invite(account, "") == "https://t.me/tea_shop_bot"
    assert channel.invite(Account("7", "Tea Shop"), "till-3") == ""


@pytest.mark.parametrize("code", ["касса", "a b", "x" * 65, "a&b"])
def test_a_code_that_telegram_would_drop_is_refused(channel: TelegramChannel, code: str) -> None:
    with pytest.raises(ValueError, match="start code"):
        channel.invite(Account("7", "Tea Shop", link="https://t.me/tea_shop_bot"), code)


def test_the_keyboard_goes_out_as_it_was_planned(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    able = channel.capabilities
    assert (able.buttons, able.asks) == (3, frozenset({"location", "phone"}))
    words = OutgoingPart(0, "text", "Where are you?", data={"button": "Send my place"})
    for manner in (Manner(buttons=("Yes", "No"), preview=False), Manner(ask="location")):
        (piece,) = channel.plan(Outgoing("5", (words,), manner=manner))
        channel.send(connection, "5", piece, {}, lambda: None)
    answers, asking = (json.loads(call.params["reply_markup"]) for call in api.calls)
    assert [button["callback_data"] for button in answers["inline_keyboard"][0]] == ["answer:0", "answer:1"]
    assert asking["keyboard"] == [[{"text": "Send my place", "request_location": True}]]
    assert json.loads(api.calls[0].params["link_preview_options"]) == {"is_disabled": True}
    assert "link_preview_options" not in api.calls[1].params
