"""sendMessage: limits, formatting, replies, keyboards, and to whom a bot may write."""

from __future__ import annotations

from typing import Any

import pytest

from appliance_sandbox.control import Control, Phone

from .conftest import Api


def test_the_answer_is_a_whole_message(api: Api, phone: Phone, bot: int, chat: int) -> None:
    sent = api.result("sendMessage", chat_id=chat, text="  Добрый день!  ")
    assert sent["text"] == "Добрый день!"
    assert sent["from"] == {"id": bot, "is_bot": True, "first_name": "Sandbox", "username": "sandbox_bot"}
    assert sent["chat"]["type"] == "private"
    assert sent["chat"]["username"] == "annak"
    assert phone.answers() == [sent]


def test_message_ids_rise_over_both_sides(api: Api, phone: Phone, chat: int) -> None:
    first = api.result("sendMessage", chat_id=chat, text="1")["message_id"]
    second = phone.write("2")["message"]["message_id"]
    assert api.result("sendMessage", chat_id=chat, text="3")["message_id"] == second + 1 == first + 2


def test_it_refuses_a_text_over_4096_units(api: Api, chat: int) -> None:
    assert api.result("sendMessage", chat_id=chat, text="😀" * 2048)["text"] == "😀" * 2048
    too_long = api.refusal("sendMessage", chat_id=chat, text="😀" * 2048 + "x")
    assert too_long == (400, "Bad Request: message is too long")


def test_the_limit_counts_after_parsing(api: Api, chat: int) -> None:
    text = f"<b>{'x' * 4096}</b>"
    assert api.result("sendMessage", chat_id=chat, text=text, parse_mode="HTML")["text"] == "x" * 4096


def test_it_refuses_an_empty_text(api: Api, chat: int) -> None:
    for text in ("", "   \n"):
        assert api.refusal("sendMessage", chat_id=chat, text=text) == (400, "Bad Request: message text is empty")


def test_html_becomes_entities(api: Api, chat: int) -> None:
    text = '😀 <b>bold <i>both</i></b> <a href="https://a.example/">link</a> &lt;x&gt;'
    sent = api.result("sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    assert sent["text"] == "😀 bold both link <x>"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 9},
        {"type": "italic", "offset": 8, "length": 4},
        {"type": "text_link", "offset": 13, "length": 4, "url": "https://a.example/"},
    ]


def test_markdown_becomes_entities(api: Api, chat: int) -> None:
    text = r"*bold* _it_ `code` [link](https://a.example/\)) 1\.5"
    sent = api.result("sendMessage", chat_id=chat, text=text, parse_mode="MarkdownV2")
    assert sent["text"] == "bold it code link 1.5"
    assert [entity["type"] for entity in sent["entities"]] == ["bold", "italic", "code", "text_link"]
    assert sent["entities"][3]["url"] == "https://a.example/)"


@pytest.mark.parametrize(
    ("text", "mode"),
    [("<b>open", "HTML"), ("<blink>x</blink>", "HTML"), ("</b>", "HTML"), ("1.5", "MarkdownV2"), ("*x", "MarkdownV2")],
)
def test_it_refuses_broken_markup(api: Api, chat: int, text: str, mode: str) -> None:
    code, description = api.refusal("sendMessage", chat_id=chat, text=text, parse_mode=mode)
    assert code == 400
    assert description.startswith("Bad Request: can't parse entities")


def test_it_finds_links_and_commands_by_itself(api: Api, phone: Phone) -> None:
    sent = phone.write("/help see https://shop.example/1 or @shop_bot or a@b.example")["message"]
    assert [one["type"] for one in sent["entities"]] == ["bot_command", "url", "mention", "email"]


def test_a_reply_carries_what_it_replies_to(api: Api, phone: Phone, chat: int) -> None:
    asked = phone.write("when?")["message"]["message_id"]
    sent = api.result("sendMessage", chat_id=chat, text="now", reply_parameters={"message_id": asked})
    assert sent["reply_to_message"]["text"] == "when?"
    again = api.result("sendMessage", chat_id=chat, text="!", reply_to_message_id=sent["message_id"])
    assert "reply_to_message" not in again["reply_to_message"]


def test_it_refuses_a_reply_to_nothing(api: Api, chat: int) -> None:
    reply: dict[str, Any] = {"message_id": 999}
    refused = api.refusal("sendMessage", chat_id=chat, text="x", reply_parameters=reply)
    assert refused == (400, "Bad Request: message to be replied not found")
    reply["allow_sending_without_reply"] = True
    assert "reply_to_message" not in api.result("sendMessage", chat_id=chat, text="x", reply_parameters=reply)


def test_it_refuses_long_button_data(api: Api, chat: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "ok", "callback_data": "я" * 33}]]}
    refused = api.refusal("sendMessage", chat_id=chat, text="x", reply_markup=keyboard)
    assert refused == (400, "Bad Request: BUTTON_DATA_INVALID")


def test_it_refuses_a_chat_nobody_knows(api: Api, chat: int) -> None:
    for unknown in (42, "@nobody_here", "nonsense"):
        assert api.refusal("sendMessage", chat_id=unknown, text="x") == (400, "Bad Request: chat not found")


def test_a_bot_cannot_write_first(api: Api, control: Control, chat: int) -> None:
    stranger = control.add_customer("Stranger")["id"]
    refused = api.refusal("sendMessage", chat_id=stranger, text="x")
    assert refused == (403, "Forbidden: bot can't initiate conversation with a user")


def test_a_blocked_bot_is_refused_until_unblocked(api: Api, phone: Phone, chat: int) -> None:
    phone.block()
    assert api.refusal("sendMessage", chat_id=chat, text="x") == (403, "Forbidden: bot was blocked by the user")
    phone.unblock()
    assert api.result("sendMessage", chat_id=chat, text="x")
    statuses = [update["my_chat_member"]["new_chat_member"]["status"] for update in api.result("getUpdates")]
    assert statuses == ["kicked", "member"]


def test_a_deactivated_account_is_refused(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.deactivate(phone.customer_id)
    assert api.refusal("sendMessage", chat_id=chat, text="x") == (403, "Forbidden: user is deactivated")


def test_a_thread_it_does_not_know_is_refused(api: Api, chat: int) -> None:
    refused = api.refusal("sendMessage", chat_id=chat, text="x", message_thread_id=7)
    assert refused == (400, "Bad Request: message thread not found")


def test_the_phone_sees_typing(api: Api, phone: Phone, chat: int) -> None:
    assert api.result("sendChatAction", chat_id=chat, action="typing") is True
    assert phone.chat()["action"] == "typing"
    api.result("sendMessage", chat_id=chat, text="x")
    assert phone.chat()["action"] is None
