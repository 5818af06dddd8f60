"""What the table of samples does not show: replies, business accounts, odd senders, groups, nonsense."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance import (
    Ignored,
    IncomingButton,
    IncomingMessage,
    IncomingReaction,
    IncomingStart,
    IncomingState,
    Reference,
    Unreadable,
)
from appliance_telegram import happenings, service_messages
from appliance_telegram.reader import read_update
from plugins.telegram.tests.reading import ANNA, BOT, read, read_message, read_part, read_sample

MEMBERSHIP = "my_chat_member"


def test_it_joins_an_album_by_its_group() -> None:
    albums = [read_sample(name) for name in ("17-album-photos-1of2", "18-album-photos-2of2")]
    assert [album.album for album in albums if isinstance(album, IncomingMessage)] == ["13672307089347146"] * 2


def test_it_tells_a_reply_from_a_topic() -> None:
    reply, topic = read_sample("61-forum-topic-real-reply"), read_sample("60-forum-topic-message")
    assert isinstance(reply, IncomingMessage)
    assert isinstance(topic, IncomingMessage)
    assert reply.reply_to == Reference("-1001234567489", "70")
    assert topic.reply_to is None


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("53-forward-user", "First Name"),
        ("54-forward-hidden-user", "Test username"),
        ("55-forward-chat-anonymous-admin", "a (TITLE)"),
        ("56-forward-channel", "Test chat (Test signature)"),
    ],
)
def test_it_names_whom_a_forwarded_message_is_from(name: str, origin: str) -> None:
    message = read_sample(name)
    assert isinstance(message, IncomingMessage)
    assert message.forwarded_from == origin


def test_it_keeps_a_quote() -> None:
    assert (
        read_message({"text": "this one", "quote": {"text": "the blue kettle", "position": 0}}).quote
        == "the blue kettle"
    )


def test_an_edit_carries_its_own_time() -> None:
    edit = read_sample("50-edited-text")
    assert isinstance(edit, IncomingMessage)
    assert edit.edited
    assert edit.at == datetime.fromtimestamp(1651938322, UTC)


@pytest.mark.parametrize("text", ["/start", "/start@tea_shop_bot", "/start@tea_shop_bot  abc"])
def test_start_opens_the_conversation(text: str) -> None:
    start = read({"text": text})
    assert isinstance(start, IncomingStart)
    assert start.payload == ("abc" if "abc" in text else "")


def test_start_is_a_text_in_groups_and_in_edits() -> None:
    assert isinstance(read({"text": "/start", "chat": {"id": -5, "type": "group", "title": "T"}}), IncomingMessage)
    assert isinstance(read({"text": "/start"}, "edited_message"), IncomingMessage)
    assert read_part({"text": "/help me"}).text == "/help me"


def test_a_business_chat_is_not_the_bots_own_chat_with_that_person() -> None:
    message = read_message({"business_connection_id": "Conn1", "text": "hi"}, "business_message")
    assert (message.chat.external_id, message.reference.chat, message.from_staff) == ("Conn1:5", "Conn1:5", False)


def test_the_owner_of_a_business_account_answers_as_staff() -> None:
    owner = {"id": 9, "is_bot": False, "first_name": "Olga"}
    message = read_message({"business_connection_id": "Conn1", "from": owner, "text": "it is"}, "business_message")
    assert (message.author.name, message.from_staff, message.chat.external_id) == ("Olga", True, "Conn1:5")


def test_what_we_sent_for_a_business_account_is_not_taken_for_new() -> None:
    content = {"business_connection_id": "Conn1", "sender_business_bot": {"id": int(BOT)}, "text": "our answer"}
    assert isinstance(read(content, "business_message"), Ignored)


def test_fleeting_messages_do_not_share_a_number() -> None:
    first, second = (
        read_message({"message_id": 0, "ephemeral_message_id": 4, "text": "a"}),
        read_message({"message_id": 0, "text": "b"}),
    )
    assert {first.reference.message, second.reference.message} == {"e4", "u1"}


def test_a_nameless_person_has_some_name() -> None:
    assert read_message({"from": {"id": 77, "first_name": ""}, "text": "x"}).author.name == "77"
    assert read_message({"from": {"id": 77, "username": "ghost"}, "text": "x"}).author.name == "@ghost"
    assert read_message({"from": {"id": 77, "first_name": "A" * 500}, "text": "x"}).author.name == "A" * 128
    assert read_message({"from": {"id": 77, "first_name": "\u202eevil\n"}, "text": "x"}).author.name == "evil"


def test_a_message_of_nobody_is_its_chats() -> None:
    message = read_message({"from": None, "chat": {"id": -8, "type": "supergroup", "title": "Team"}, "text": "x"})
    assert (message.author.external_id, message.author.name) == ("-8", "Team")


def test_each_new_member_is_told_but_not_ourselves() -> None:
    members = [{"id": int(BOT), "first_name": "Bot"}, {"id": 6, "first_name": "Boris"}]
    content = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": -5, "type": "group"},
        "from": ANNA,
        "new_chat_members": members,
    }
    values = read_update(json.dumps({"update_id": 1, "message": content}).encode(), BOT)
    assert isinstance(values[0], Ignored)
    assert isinstance(values[1], IncomingState)
    assert values[1].author is not None
    assert values[1].author.name == "Boris"


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [("left", "member", "joined"), ("administrator", "kicked", "left"), ("member", "administrator", "note")],
)
def test_the_bots_membership_of_a_group(before: str, after: str, state: str) -> None:
    members = {"old_chat_member": {"status": before}, "new_chat_member": {"status": after}}
    value = read({**members, "chat": {"id": -5, "type": "group"}}, "my_chat_member")
    assert (value.state if isinstance(value, IncomingState) else "ignored") == state


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"status": "member"}, {"status": "administrator"}, happenings.PROMOTED),
        ({"status": "administrator"}, {"status": "member"}, happenings.DEMOTED),
        ({"status": "member"}, {"status": "restricted", "can_send_messages": False}, happenings.SILENCED),
        ({"status": "restricted", "can_send_messages": False}, {"status": "member"}, happenings.ALLOWED),
    ],
)
def test_rights_that_matter_to_a_group_are_told(old: dict[str, Any], new: dict[str, Any], words: str) -> None:
    value = read({"old_chat_member": old, "new_chat_member": new, "chat": {"id": -5, "type": "group"}}, MEMBERSHIP)
    assert isinstance(value, IncomingState)
    assert (value.state, value.text) == ("note", words)


def test_rights_that_do_not_matter_are_not_told() -> None:
    admins = {"old_chat_member": {"status": "administrator"}, "new_chat_member": {"status": "administrator"}}
    assert isinstance(read({**admins, "chat": {"id": -5, "type": "group"}}, MEMBERSHIP), Ignored)


def test_who_adds_the_bot_to_a_group_is_named() -> None:
    members = {"old_chat_member": {"status": "left"}, "new_chat_member": {"status": "member"}}
    value = read({**members, "from": ANNA, "chat": {"id": -5, "type": "supergroup", "title": "Shop 2"}}, MEMBERSHIP)
    assert isinstance(value, IncomingState)
    assert value.author is not None
    assert (value.state, value.author.name, value.chat.title) == ("joined", "Anna", "Shop 2")


def test_a_channel_is_no_group_of_customers() -> None:
    members = {"old_chat_member": {"status": "left"}, "new_chat_member": {"status": "administrator"}}
    assert isinstance(read({**members, "chat": {"id": -100, "type": "channel", "title": "News"}}, MEMBERSHIP), Ignored)


def test_a_group_that_moves_tells_the_same_in_both_places() -> None:
    group = {"id": -5, "type": "group", "title": "Shop 2"}
    old = read({"chat": group, "migrate_to_chat_id": -1005})
    new = read({"chat": {**group, "id": -1005, "type": "supergroup"}, "migrate_from_chat_id": -5})
    assert isinstance(old, IncomingState)
    assert isinstance(new, IncomingState)
    assert [(told.state, told.chat.external_id, told.moved_to) for told in (old, new)] == [("moved", "-5", "-1005")] * 2


@pytest.mark.parametrize(("seconds", "words"), [(0, service_messages.KEPT), (86400, "changed when messages delete")])
def test_it_tells_whether_messages_delete_themselves(seconds: int, words: str) -> None:
    value = read({"message_auto_delete_timer_changed": {"message_auto_delete_time": seconds}})
    assert isinstance(value, IncomingState)
    assert value.text.startswith(words)


@pytest.mark.parametrize(
    "field", ["chat_owner_changed", "poll_option_added", "giveaway_created", "community_chat_added"]
)
def test_what_the_messenger_itself_writes_is_a_line_and_no_message(field: str) -> None:
    value = read({field: {}})
    assert isinstance(value, IncomingState)
    assert value.state == "note"
    assert value.text


def test_a_press_below_a_message_that_is_gone_still_counts() -> None:
    gone = {"message_id": 9, "date": 0, "chat": {"id": 5, "type": "private"}}
    press = read({"id": "q1", "data": "answer:1", "message": gone, "chat_instance": "1"}, "callback_query")
    assert isinstance(press, IncomingButton)
    assert (press.data, press.callback_id, press.reference) == ("answer:1", "q1", Reference("5", "9"))


@pytest.mark.parametrize("bot", [{"sender_business_bot": {"id": 1234, "is_bot": True}}, {}])
def test_what_the_owner_or_another_of_their_bots_says_is_staff(bot: dict[str, Any]) -> None:
    owner = {"id": 9, "is_bot": False, "first_name": "Olga"}
    content = {"business_connection_id": "Conn1", "from": owner, "text": "yes", **bot}
    assert read_message(content, "business_message").from_staff


def test_an_anonymous_administrator_speaks_for_the_group() -> None:
    group = {"id": -100, "type": "supergroup", "title": "Shop 2"}
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = read_message(
        {"from": nobody, "sender_chat": group, "chat": group, "author_signature": "boss", "text": "x"}
    )
    assert (message.author.external_id, message.author.name) == ("-100", "Shop 2 (boss)")


def test_an_anonymous_reaction_is_the_groups() -> None:
    content = {"actor_chat": {"id": -5, "type": "supergroup", "title": "Team"}, "new_reaction": [{"type": "paid"}]}
    reaction = read({**content, "chat": {"id": -5, "type": "supergroup"}}, "message_reaction")
    assert isinstance(reaction, IncomingReaction)
    assert (reaction.author.name, reaction.emojis) == ("Team", ("⭐",))


def test_a_button_below_a_message_too_old_to_be_shown_still_works() -> None:
    content = {
        "id": "55",
        "data": "rate:5",
        "message": {"message_id": 3, "date": 0, "chat": {"id": 5, "type": "private"}},
    }
    button = read(content, "callback_query")
    assert isinstance(button, IncomingButton)
    assert (button.data, button.reference, button.callback_id) == ("rate:5", Reference("5", "3"), "55")


@pytest.mark.parametrize(
    "field", ["photo", "video", "sticker", "location", "venue", "contact", "poll", "dice", "document"]
)
@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [5], {"file_id": 5.5e300}, {"latitude": "north"}])
def test_a_broken_part_still_shows_by_its_name(field: str, value: object) -> None:
    part = read_part({field: value, "caption": "see here"})
    assert (part.kind, part.data["name"], part.text) == ("unknown", field, "see here")


def test_an_empty_message_is_not_an_empty_bubble() -> None:
    assert read_part({}).data == {"name": "message"}
    assert read_part({"text": ""}).data == {"name": "text"}


@pytest.mark.parametrize(
    "raw", [b"", b"nonsense", b"[]", b"5", b"{}", b'{"update_id": 5}', b'{"message": "text"}', b"[" * 9999]
)
def test_what_is_no_update_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_update(raw, BOT)


def test_a_message_without_a_chat_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="chat"):
        read({"chat": {"id": True}, "text": "x"})


def test_a_message_with_broken_letters_is_readable() -> None:
    whole = (
        b'{"ok":true,"result":[{"update_id":1,"message":{"message_id":2,"date":1,"chat":{"id":5},"text":"a\xffb"}}]}'
    )
    (message,) = read_update(whole, BOT)
    assert isinstance(message, IncomingMessage)
    assert message.parts[0].text == "a\ufffdb"
