"""Edits, replies, reactions, forwards, blocks: what a customer does to what was said."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Message, MessageRef, MessageVersion, Part, Ticket
from appliance.services import outbox, tickets
from tests.integration.inbound.bot import Bot, Customer, photo
from tests.integration.inbound.conftest import Browser

_numbers = itertools.count(9000)


def reply(owner: Browser, ticket: int, words: str) -> int:
    """Ours, as if it had been sent: the number it has at the messenger."""
    message = outbox.reply(ticket, owner.actor, words)
    number = next(_numbers)
    with db.write() as session:
        session.add(MessageRef(connection_id=2, chat="5", external_id=str(number), message_id=message))
    return number


def newest() -> Message:
    with db.session() as session:
        return session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()


def test_every_version_is_kept_and_shown(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="K-220"))
    for words in ("K-230", "K-240"):
        bot.take(anna.edits(1, text=words))
    assert "K-240" in owner.get("/messages/1").text
    earlier = owner.get("/messages/1/versions").text
    assert earlier.index("K-220") < earlier.index("K-230")


@pytest.mark.parametrize(
    "change", [{}, {"link_preview_options": {"is_disabled": True}}, {"has_protected_content": True}]
)
def test_an_edit_nobody_can_see_is_none(bot: Bot, anna: Customer, owner: Browser, change: dict[str, object]) -> None:
    bot.take(anna.says(text="see https://a.example"))
    bot.take(anna.edits(1, text="see https://a.example", **change))
    assert "edited" not in owner.get("/messages/1").text
    with db.session() as session:
        assert session.scalars(select(MessageVersion)).all() == []


def test_an_edited_caption_erases_nothing(bot: Bot, anna: Customer) -> None:
    bot.take(anna.says(photo=photo(), caption="old"))
    bot.take(anna.edits(1, photo=photo(), caption="new"))
    bot.take(anna.edits(1, photo=photo()))
    with db.session() as session:
        part = session.scalars(select(Part)).one()
        versions = session.scalars(select(MessageVersion.text).order_by(MessageVersion.id)).all()
    assert (part.kind, part.text, versions) == ("photo", "", ["old", "new"])
    assert part.file_id is not None


def test_another_picture_keeps_the_first_one_in_the_version(bot: Bot, anna: Customer) -> None:
    bot.take(anna.says(photo=photo("P1")), anna.edits(1, photo=photo("P2")))
    with db.session() as session:
        part, version = session.scalars(select(Part)).one(), session.scalars(select(MessageVersion)).one()
    assert version.parts[0]["file_id"] not in (None, part.file_id)


def test_an_edit_and_its_message_may_come_in_one_batch(bot: Bot, anna: Customer) -> None:
    bot.take(anna.says(text="K-220"), anna.edits(1, text="K-230"))
    assert newest().text == "K-230"


def test_a_reply_is_linked_to_what_it_answers(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="The till is broken"))
    number = reply(owner, 1001, "Which one of the two?")
    quoted = {"message_id": number, "date": 1, "chat": anna.chat}
    bot.take(anna.says(text="the left", reply_to_message=quoted, quote={"text": "Which one", "position": 0}))
    message = newest()
    assert (message.reply_to_id, message.quote) == (2, "Which one")
    assert 'data-jump="2"' in owner.get(f"/messages/{message.id}").text


def test_a_reply_to_an_older_ticket_goes_there_and_opens_it(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="The first problem"))
    tickets.finish(1001, "solved", owner.actor)
    with db.write() as session:
        # Long ago: what is new opens a ticket of its own.
        old = session.get_one(Ticket, 1001)
        assert old.done_at is not None
        old.done_at = old.done_at.replace(year=2020)
    bot.take(anna.says(text="The second problem"))
    assert newest().ticket_id == 1002
    quoted = {"message_id": 1, "date": 1, "chat": anna.chat}
    bot.take(anna.says(text="It is back", reply_to_message=quoted))
    assert (newest().ticket_id, newest().reply_to_id) == (1001, 1)
    with db.session() as session:
        assert session.get_one(Ticket, 1001).stage == "open"


def test_words_quoted_from_elsewhere_are_shown(bot: Bot, anna: Customer, owner: Browser) -> None:
    elsewhere = {"origin": {"type": "hidden_user", "sender_user_name": "Oleg", "date": 1}}
    bot.take(
        anna.says(text="Is that true?", external_reply=elsewhere, quote={"text": "closed on Monday", "position": 0})
    )
    assert "closed on Monday" in owner.get("/messages/1").text


def test_reactions_come_change_and_go(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="hello"))
    number = reply(owner, 1001, "We are on it")
    bot.take(anna.reacts(number, "👍"))
    assert "👍" in owner.get("/messages/2").text
    bot.take(anna.reacts(number, "🔥", "❤"))
    shown = owner.get("/messages/2").text
    assert ("👍" in shown, "🔥" in shown, "❤" in shown, "edited" in shown) == (False, True, True, False)
    bot.take(anna.reacts(number))
    assert "reaction" not in owner.get("/messages/2").text


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ({"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Oleg"}}, "Oleg"),
        ({"type": "hidden_user", "sender_user_name": "Driver Oleg"}, "Driver Oleg"),
        (
            {"type": "channel", "chat": {"id": -100, "type": "channel", "title": "Price list"}, "message_id": 3},
            "Price list",
        ),
        ({"type": "chat", "sender_chat": {"id": -7, "type": "group", "title": "Drivers"}}, "Drivers"),
        ({"type": "of a later version"}, "?"),
    ],
)
def test_the_origin_of_a_forward_is_named(
    bot: Bot, anna: Customer, owner: Browser, origin: dict[str, object], words: str
) -> None:
    bot.take(anna.says(text="look", forward_origin={**origin, "date": 1}))
    assert f"Forwarded from {words}" in owner.get("/messages/1").text


def test_a_block_is_shown_before_anybody_writes(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="hello"), anna.changes_membership("kicked"))
    page = owner.get("/t/1001").text
    assert "Has blocked us" in page
    assert "The customer has blocked us" in page
    bot.take(anna.changes_membership("member"))
    page = owner.get("/t/1001").text
    assert "Has blocked us" not in page
    assert "can be reached again" in page


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"checklist": {"title": "Moving house", "tasks": [{"id": 1, "text": "call the firm"}]}}, "call the firm"),
        ({"story": {"id": 3, "chat": {"id": 5, "type": "private"}}}, "story"),
        ({"giveaway_of_2031": {"prize_description": "a kettle"}}, "a kettle"),
        ({"hologram": {"file_id": "H1", "file_unique_id": "uH1"}, "caption": "see"}, "hologram"),
    ],
)
def test_an_unknown_kind_names_itself_and_keeps_its_words(
    bot: Bot, anna: Customer, owner: Browser, content: dict[str, object], named: str
) -> None:
    bot.take(anna.says(**content), anna.says(text="and this after it"))
    assert named in owner.get("/messages/1").text
    assert newest().text == "and this after it"


def test_a_changed_deletion_timer_is_a_line(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(text="hello"))
    bot.take(anna.says(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}))
    assert "changed when messages delete themselves" in owner.get("/t/1001").text


def test_an_ended_live_location_says_so(bot: Bot, anna: Customer) -> None:
    place = {"latitude": 55.75, "longitude": 37.61}
    bot.take(anna.says(location={**place, "live_period": 900}))
    bot.take(anna.edits(1, location={**place, "live_period": 900, "heading": 90}))
    with db.session() as session:
        assert session.scalars(select(Part)).one().data["live"] is True
    bot.take(anna.edits(1, location=place))
    with db.session() as session:
        assert "live" not in session.scalars(select(Part)).one().data
