"""What a message answers, quotes, or was forwarded from; and edits that change nothing one can see."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import IncomingMessage, Reference
from plugins.telegram.tests.reading import ANNA, read, read_message

GROUP = {"id": -100, "type": "supergroup", "title": "Shop 2", "is_forum": True}
TOPIC = {"chat": GROUP, "is_topic_message": True, "message_thread_id": 40, "text": "x"}
OPENED = {"message_id": 40, "chat": GROUP, "forum_topic_created": {"name": "Kettles", "icon_color": 1}}


@pytest.mark.parametrize("opened", [OPENED, {"message_id": 40, "chat": GROUP}])
def test_a_topic_is_not_answered_and_its_quote_is_kept(opened: dict[str, Any]) -> None:
    message = read_message({**TOPIC, "reply_to_message": opened, "quote": {"text": "Kettles", "position": 0}})
    assert (message.reply_to, message.quote) == (None, "Kettles")


def test_an_answer_within_a_topic_is_one() -> None:
    message = read_message({**TOPIC, "reply_to_message": {"message_id": 41, "chat": GROUP}})
    assert message.reply_to == Reference("-100", "41")


def test_a_message_of_another_chat_is_quoted_but_not_answered() -> None:
    origin = {"type": "user", "date": 1, "sender_user": {"id": 8, "is_bot": False, "first_name": "Oleg"}}
    elsewhere = {"origin": origin, "chat": GROUP, "message_id": 7}
    message = read_message({"text": "this", "external_reply": elsewhere, "quote": {"text": "the offer", "position": 0}})
    assert (message.reply_to, message.quote) == (None, "the offer")


def test_a_reply_in_a_business_chat_names_the_chat_as_we_do() -> None:
    content = {
        "business_connection_id": "Conn1",
        "text": "yes",
        "reply_to_message": {"message_id": 3, "chat": {"id": 5}},
    }
    assert read_message(content, "business_message").reply_to == Reference("Conn1:5", "3")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            {"forward_origin": {"type": "user", "sender_user": {"id": 1, "first_name": "Ann", "last_name": "Lee"}}},
            "Ann Lee",
        ),
        ({"forward_origin": {"type": "hidden_user", "sender_user_name": "Hidden"}}, "Hidden"),
        ({"forward_origin": {"type": "chat", "sender_chat": {"id": -1, "title": "Club"}}}, "Club"),
        (
            {"forward_origin": {"type": "channel", "chat": {"id": -1, "title": "News"}, "author_signature": "ed"}},
            "News (ed)",
        ),
        ({"forward_origin": {"type": "not yet invented"}}, "?"),
        ({"forward_from": {"id": 1, "first_name": "Ann"}, "forward_date": 1}, "Ann"),
        ({"forward_sender_name": "Hidden", "forward_date": 1}, "Hidden"),
        ({"forward_from_chat": {"id": -1, "title": "News"}, "forward_signature": "ed", "forward_date": 1}, "News (ed)"),
        ({"forward_date": 1}, "?"),
        ({}, ""),
    ],
)
def test_it_says_in_words_whom_a_message_is_from(content: dict[str, Any], words: str) -> None:
    assert read_message({"text": "x", **content}).forwarded_from == words


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello"},
        {"photo": [{"file_id": "P1", "file_unique_id": "U1", "width": 9, "height": 9}], "caption": "look"},
        {"checklist": {"title": "List", "tasks": [{"id": 1, "text": "Apples"}]}},
        {"poll": {"question": "Which?", "options": [{"text": "A", "voter_count": 0}]}},
        {"invented_in_2031": {"text": "words"}},
    ],
)
def test_an_edit_that_changes_nothing_to_be_seen_reads_the_same(content: dict[str, Any]) -> None:
    edited = {
        **content,
        "edit_date": 1784480099,
        "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "1"}]]},
        "views": 5,
        "forwards": 1,
        "reactions": {"results": []},
        "link_preview_options": {"is_disabled": True},
        "has_protected_content": True,
        "author_signature": "x",
        "effect_id": "1",
    }
    before, after = read(content), read(edited, "edited_message")
    assert isinstance(before, IncomingMessage)
    assert isinstance(after, IncomingMessage)
    assert after.edited
    assert (before.parts, before.reference, before.author) == (after.parts, after.reference, after.author)


def test_a_number_that_merely_looks_like_the_senders_is_not_theirs() -> None:
    for shared, sender in (({}, {}), (True, 1), ("5", None), (None, None)):
        card = {"phone_number": "123", "first_name": "Ann", "user_id": shared}
        message = read_message({"contact": card, "from": {**ANNA, "id": sender}})
        assert (message.parts[0].data["own"], message.author.phone) == (False, "")
