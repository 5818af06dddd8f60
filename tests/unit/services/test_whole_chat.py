"""All tickets of a contact are one chat; whoever may not see one of them sees that something is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from appliance import db
from appliance.models import Message, Ticket, now
from appliance.services import conversation, outbox, reading
from appliance.services.bubbles import MessageView
from appliance.services.stretches import HiddenSpan, Stretch
from tests.unit.services.chat_rooms import hide, move, speak_in_turn
from tests.unit.services.conftest import Desk


def said(stretch: Stretch) -> list[str]:
    """Messages with their tickets, and how many are hidden; events are left out."""
    made = []
    for item in stretch.items:
        if isinstance(item, MessageView):
            made.append(f"{item.ticket_id} {item.parts[0].text}")
        elif isinstance(item, HiddenSpan):
            made.append(f"({item.count})")
    return made


def test_the_messages_of_all_tickets_stand_in_one_log(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 2, 1)
    whole = [f"{first} m1", f"{first} m2", f"{second} m3"]
    for opened in (first, second):
        stretch = conversation.open_ticket(opened, desk.agent).stretch
        assert said(stretch) == whole
        assert set(stretch.tickets) == {first, second}


def test_other_people_have_other_chats(desk: Desk) -> None:
    speak_in_turn(desk, 1)
    (other,) = speak_in_turn(desk, 1, chat=2)
    assert said(conversation.open_ticket(other, desk.agent).stretch) == [f"{other} m1"]


def test_it_opens_at_the_end_of_the_tickets_own_stretch(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 60, 40)
    reading.mark_read(first, desk.messages(second)[0].id, desk.agent)
    stretch = conversation.open_ticket(first, desk.agent).stretch
    shown = said(stretch)
    assert shown[:1] + shown[-1:] == [f"{first} m11", "1002 m80"]
    assert (stretch.has_older, stretch.has_newer) == (True, True)


def test_what_is_unread_is_loaded_however_much_it_is(desk: Desk) -> None:
    (ticket,) = speak_in_turn(desk, 120)
    reading.mark_read(ticket, desk.messages()[9].id, desk.agent)
    opened = conversation.open_ticket(ticket, desk.agent)
    assert said(opened.stretch)[0] == f"{ticket} m10"
    assert opened.read_to == desk.messages()[9].id


def test_who_opens_a_ticket_for_the_first_time_has_unread_what_nobody_has_answered(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    reply = outbox.reply(1001, desk.agent, "b")
    desk.write({"chat": 1, "id": 2, "text": "c"})
    assert conversation.open_ticket(1001, desk.agent).read_to == reply


def test_another_teams_messages_are_counted_and_never_shown(desk: Desk) -> None:
    first, second, third = speak_in_turn(desk, 2, 3, 1)
    hide(second)
    stretch = conversation.open_ticket(third, desk.agent).stretch
    assert said(stretch) == [f"{first} m1", f"{first} m2", "(3)", f"{third} m6"]
    assert second not in stretch.tickets
    assert second not in conversation.open_ticket(third, desk.agent).tickets


def test_hidden_messages_at_both_ends_are_counted_once(desk: Desk) -> None:
    first, second, third = speak_in_turn(desk, 2, 1, 4)
    hide(first, third)
    assert said(conversation.open_ticket(second, desk.agent).stretch) == ["(2)", f"{second} m3", "(4)"]


def test_a_page_counts_the_hidden_messages_above_it_and_the_next_page_does_not(desk: Desk) -> None:
    first, second, third = speak_in_turn(desk, 60, 5, 50)
    hide(second)
    reading.mark_read(third, desk.messages()[-1].id, desk.agent)
    newest = conversation.open_ticket(third, desk.agent).stretch
    older = conversation.older(third, newest.ids[0], desk.agent)
    assert said(newest)[0] == "(5)"
    assert said(older)[0] == f"{first} m11"
    assert "(5)" not in said(older)


def test_a_quote_of_a_hidden_message_says_nothing_of_it(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 1, 1)
    desk.write({"chat": 1, "id": 9, "text": "about that", "reply_to": 1, "quote": "m1"})
    quoting = desk.messages()[-1].id
    move(quoting, second)
    hide(first)
    view, before = conversation.one(quoting, desk.agent)
    assert view.quote is not None
    assert (view.quote.hidden, view.quote.text, view.quote.author, view.quote.message_id) == (True, "", "", None)
    assert before is not None
    assert before.ticket_id == second


def test_a_subtask_is_a_chat_of_its_own_that_names_its_parent(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    contact = desk.tickets()[0].contact_id
    with db.write() as session:
        subtask = Ticket(contact_id=contact, connection_id=desk.connection_id, parent_id=1001, subject="look for it")
        session.add(subtask)
        session.flush()
        number = subtask.id
    outbox.note(number, desk.agent, "found it")
    stretch = conversation.open_ticket(number, desk.agent).stretch
    assert said(stretch) == [f"{number} found it"]
    assert stretch.parent is not None
    assert stretch.parent.id == 1001
    assert said(conversation.open_ticket(1001, desk.agent).stretch) == ["1001 a"]


def test_what_was_merged_away_stands_under_the_survivor(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 1, 1)
    with db.write() as session:
        session.get_one(Ticket, first).merged_into_id = second
    assert said(conversation.open_ticket(second, desk.agent).stretch) == [f"{second} m1", f"{second} m2"]
    hide(second)
    manager = replace(desk.agent, role="manager")
    assert said(conversation.open_ticket(first, manager).stretch) == [f"{second} m1", f"{second} m2"]


def test_news_of_every_ticket_of_the_chat_are_told(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 1, 1)
    last = desk.messages()[-1].id
    outbox.note(second, desk.agent, "here")
    outbox.note(first, desk.agent, "there")
    since = conversation.newer(first, last, 10_000, desk.agent)
    assert said(since) == [f"{second} here", f"{first} there"]
    assert since.earlier is not None
    assert since.earlier.id == last


def test_a_day_is_found_by_its_first_message(desk: Desk) -> None:
    (ticket,) = speak_in_turn(desk, 3)
    moment = now()
    with db.write() as session:
        rows = session.scalars(select(Message).order_by(Message.id))
        for days_ago, row in zip((9, 5, 1), rows, strict=True):
            row.at = row.stored_at = moment.replace(microsecond=0) - timedelta(days=days_ago)
    ids = [message.id for message in desk.messages()]
    for days_ago, expected in ((20, ids[0]), (9.5, ids[0]), (7, ids[1]), (2, ids[2]), (0, ids[2])):
        stretch, found = conversation.since_moment(ticket, moment - timedelta(days=days_ago), desk.agent)
        assert found == expected
        assert expected in stretch.ids
