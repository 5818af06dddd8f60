"""A ticket's conversation."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.models import Team, Ticket
from appliance.services import conversation, outbox, reading, taking, tickets
from appliance.services.bubbles import MessageView
from appliance.services.conversation import ConversationError
from appliance.services.stretches import HiddenSpan, Stretch
from appliance.services.timeline import EventView
from tests.unit.services.conftest import Desk


def words(stretch: Stretch) -> list[str]:
    """Messages by their text, events in brackets, hidden ones counted."""
    made = []
    for item in stretch.items:
        if isinstance(item, MessageView):
            made.append(" ".join(part.text for part in item.parts))
        elif isinstance(item, HiddenSpan):
            made.append(f"({item.count} hidden)")
        else:
            made.append(f"[{item.kind}]")
    return made


def test_messages_and_events_stand_in_the_order_they_happened(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    taking.take(1001, desk.agent)
    outbox.note(1001, desk.agent, "look at this")
    outbox.reply(1001, desk.agent, "b")
    opened = conversation.open_ticket(1001, desk.agent)
    assert words(opened.stretch) == ["[ticket_created]", "a", "[ticket_changed]", "look at this", "b"]
    assert not opened.stretch.has_older


def test_older_messages_come_page_by_page(desk: Desk) -> None:
    desk.write(*({"chat": 1, "id": number, "text": f"m{number}"} for number in range(1, 121)))
    reading.mark_read(1001, desk.messages()[-1].id, desk.agent)
    newest = conversation.open_ticket(1001, desk.agent).stretch
    first = next(item for item in newest.items if isinstance(item, MessageView))
    middle = conversation.older(1001, first.id, desk.agent)
    assert newest.has_older
    assert middle.has_older
    oldest = conversation.older(1001, next(i for i in middle.items if isinstance(i, MessageView)).id, desk.agent)
    shown = [word for stretch in (oldest, middle, newest) for word in words(stretch) if word != "[ticket_created]"]
    assert shown == [f"m{number}" for number in range(1, 121)]
    assert not oldest.has_older


def test_what_nobody_has_read_yet_is_there_from_its_first_message(desk: Desk) -> None:
    desk.write(*({"chat": 1, "id": number, "text": f"m{number}"} for number in range(1, 121)))
    opened = conversation.open_ticket(1001, desk.agent).stretch
    assert words(opened)[-120:] == [f"m{number}" for number in range(1, 121)]
    assert not opened.has_older


def test_what_came_since_is_told_with_the_message_before_it(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 1, "id": 2, "text": "b"})
    first = desk.messages()[0].id
    since = conversation.newer(1001, first, 10_000, desk.agent)
    assert words(since) == ["b"]
    assert since.earlier is not None
    assert since.earlier.id == first


def test_the_log_opens_around_any_message_and_goes_on_both_ways(desk: Desk) -> None:
    desk.write(*({"chat": 1, "id": number, "text": f"m{number}"} for number in range(1, 201)))
    ids = [message.id for message in desk.messages()]
    middle = conversation.around(1001, ids[99], desk.agent)
    assert (middle.has_older, middle.has_newer) == (True, True)
    below = conversation.later(1001, middle.ids[-1], desk.agent)
    above = conversation.older(1001, middle.ids[0], desk.agent)
    assert below.ids[0] == middle.ids[-1] + 1
    assert [*above.ids, *middle.ids] == ids[ids.index(above.ids[0]) : ids.index(middle.ids[-1]) + 1]
    end = conversation.newest(1001, desk.agent)
    assert (end.ids[-1], end.has_newer) == (ids[-1], False)


def test_a_message_of_another_chat_is_not_reached_from_here(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 2, "id": 1, "text": "b"})
    with pytest.raises(ConversationError):
        conversation.around(1001, desk.messages(1002)[0].id, desk.agent)


def test_a_quote_says_who_and_what(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "the question"}, {"chat": 1, "id": 2, "text": "again", "reply_to": 1})
    message, before = conversation.one(desk.messages()[1].id, desk.agent)
    assert message.quote is not None
    assert (message.quote.author, message.quote.text) == ("Anna", "the question")
    assert before is not None
    assert message.quote.message_id == before.id


def test_an_edit_keeps_what_was_said_before(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "K-220"}, {"chat": 1, "id": 1, "text": "K-230", "edited": True})
    message_id = desk.messages()[0].id
    message, _ = conversation.one(message_id, desk.agent)
    assert (message.versions, message.parts[0].text) == (1, "K-230")
    assert [version.text for version in conversation.versions(message_id, desk.agent)] == ["K-220"]


def test_a_reply_carries_its_delivery_and_a_note_none(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    reply, _ = conversation.one(outbox.reply(1001, desk.agent, "b"), desk.agent)
    note, _ = conversation.one(outbox.note(1001, desk.agent, "c"), desk.agent)
    assert reply.delivery is not None
    assert reply.delivery.state == "queued"
    assert reply.mine
    assert note.delivery is None


def test_the_card_shows_what_this_person_wrote_before(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "first"})
    tickets.shelve(1001, "trash", False, desk.agent)
    desk.write({"chat": 1, "id": 2, "text": "second"})
    _, card = conversation.ticket_with_card(1002, desk.agent)
    assert [(earlier.id, earlier.shelf) for earlier in card.earlier] == [(1001, "trash")]


def test_another_teams_ticket_does_not_exist_for_me(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    message_id = desk.messages()[0].id
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    for look in (
        lambda: conversation.open_ticket(1001, desk.agent),
        lambda: conversation.older(1001, message_id, desk.agent),
        lambda: conversation.later(1001, 0, desk.agent),
        lambda: conversation.around(1001, message_id, desk.agent),
        lambda: conversation.newest(1001, desk.agent),
        lambda: conversation.newer(1001, 0, 0, desk.agent),
        lambda: conversation.mark(1001, desk.agent),
        lambda: conversation.one(message_id, desk.agent),
        lambda: conversation.versions(message_id, desk.agent),
        lambda: conversation.ticket_with_card(1001, desk.agent),
    ):
        with pytest.raises(ConversationError):
            look()


def test_events_name_the_agents_they_speak_of(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    assert desk.agent.id is not None
    taking.assign(1001, desk.agent.id, desk.agent)
    items = conversation.open_ticket(1001, desk.agent).stretch.items
    change = next(item for item in items if isinstance(item, EventView) and item.kind == "ticket_changed")
    assert (change.actor, change.names[desk.agent.id]) == ("Ольга", "Ольга")
