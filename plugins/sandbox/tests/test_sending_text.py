"""sendMessage: limits, formatting, replies, keyboards, and to whom a bot may write."""

from __future__ import annotations

from typing import Any

import pytest

from appliance_sandbox.control import Control, ControlError, Phone
from appliance_sandbox.server import chats
from tests.harness.waiting import wait_until

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


def test_typing_ends_by_itself(api: Api, phone: Phone, chat: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chats.TYPING_SECONDS == 5
    monkeypatch.setattr(chats, "TYPING_SECONDS", 0.2)
    api.result("sendChatAction", chat_id=chat, action="typing")
    wait_until(lambda: phone.chat()["action"] is None, "the end of typing")


def test_it_refuses_entities_counted_in_characters(api: Api, chat: int) -> None:
    bold = {"type": "bold", "offset": 1, "length": 3}
    code, text = api.refusal("sendMessage", chat_id=chat, text="😀 sale", entities=[bold])
    assert (code, text) == (400, "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 1")
    ends = {**bold, "offset": 0, "length": 1}
    assert "entity ends in a middle" in api.refusal("sendMessage", chat_id=chat, text="😀 sale", entities=[ends])[1]
    right = {**bold, "offset": 3, "length": 4}
    assert api.result("sendMessage", chat_id=chat, text="😀 sale", entities=[right])["entities"] == [right]
    unknown = {**right, "type": "blink"}
    assert "MessageEntity" in api.refusal("sendMessage", chat_id=chat, text="😀 sale", entities=[unknown])[1]


def test_a_reply_may_quote_a_part(api: Api, phone: Phone, chat: int) -> None:
    asked = phone.write("😀 the red one or the blue one?")["message"]["message_id"]
    reply: dict[str, Any] = {"message_id": asked, "quote": "the blue one"}
    sent = api.result("sendMessage", chat_id=chat, text="in stock", reply_parameters=reply)
    assert sent["quote"] == {"text": "the blue one", "position": 18, "is_manual": True}
    reply["quote"] = "the green one"
    refused = api.refusal("sendMessage", chat_id=chat, text="x", reply_parameters=reply)
    assert refused == (400, "Bad Request: QUOTE_TEXT_INVALID")
    again = phone.write("that", reply_to=sent["message_id"], quote="stock")["message"]
    assert again["quote"]["text"] == "stock"
    with pytest.raises(ControlError, match="not in that message"):
        phone.write("that", reply_to=sent["message_id"], quote="gone")


def test_keys_go_away_when_told_so(api: Api, phone: Phone, chat: int) -> None:
    keyboard = {"keyboard": [[{"text": "Here I am", "request_location": True}]], "resize_keyboard": True}
    api.result("sendMessage", chat_id=chat, text="where?", reply_markup=keyboard)
    assert set(phone.tap("Here I am")["message"]["location"]) == {"latitude", "longitude"}
    assert phone.chat()["keyboard"] is not None
    api.result("sendMessage", chat_id=chat, text="thanks", reply_markup={"remove_keyboard": True})
    assert phone.chat()["keyboard"] is None
