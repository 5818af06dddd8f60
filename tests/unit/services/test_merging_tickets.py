"""Two tickets become one, and two again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Arrangement, Draft, Follower, Tag, Ticket, TicketTag
from appliance.services import (
    conversation,
    drafts,
    links,
    lists,
    merging_tickets,
    outbox,
    splitting,
    subtasks,
    survivors,
    taking_back,
    tickets,
)
from appliance.services.arrangements import ArrangeError
from appliance.services.bubbles import MessageView
from appliance.services.subtasks import Wanted
from appliance.services.tickets import TicketError
from tests.unit.services.conftest import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """No. 1001 about a kettle, No. 1002 about an invoice, of one chat."""
    desk.write({"chat": 1, "id": 1, "text": "The kettle leaks"}, {"chat": 1, "id": 2, "text": "The invoice"})
    splitting.split(1001, [desk.messages()[1].id], desk.agent)
    return desk


def ticket(number: int) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def merge(desk: Desk) -> int:
    return merging_tickets.merge(1002, 1001, desk.agent)


def test_one_remains_with_all_messages_in_their_order(two: Desk) -> None:
    merge(two)
    assert [message.text for message in two.messages(1001)] == ["The kettle leaks", "The invoice"]
    assert ticket(1002).merged_into_id == 1001
    shown = conversation.open_ticket(1001, two.agent).stretch.items
    assert [item.parts[0].text for item in shown if isinstance(item, MessageView)] == [
        "The kettle leaks",
        "The invoice",
    ]


def test_counters_and_lists_count_one(two: Desk) -> None:
    before = lists.counts(two.agent).waiting
    merge(two)
    assert lists.counts(two.agent).waiting == before - 1
    assert (ticket(1002).stage, ticket(1002).done_at, ticket(1002).done_by_id) == ("done", None, None)


def test_the_next_message_goes_to_the_one_that_remains(two: Desk) -> None:
    outbox.reply(1002, two.agent, "About the invoice")
    merge(two)
    two.write({"chat": 1, "id": 3, "text": "Thanks for that"}, {"chat": 1, "id": 4, "text": "And", "reply_to": 2})
    assert {message.ticket_id for message in two.messages()} == {1001}


def test_the_other_number_leads_there_over_any_number_of_steps(two: Desk) -> None:
    two.write({"chat": 1, "id": 3, "text": "A third thing"})
    third = splitting.split(1002, [two.messages()[-1].id], two.agent).ticket_id
    merge(two)
    merging_tickets.merge(1001, third, two.agent)
    assert survivors.leads_elsewhere(1002, two.agent) == third
    assert survivors.leads_elsewhere(third, two.agent) is None


def test_what_is_written_in_a_page_of_the_other_is_said_in_the_one_that_remains(two: Desk) -> None:
    merge(two)
    outbox.note(1002, two.agent, "Late")
    outbox.reply(1002, two.agent, "Later")
    assert [message.text for message in two.messages(1001)][-2:] == ["Late", "Later"]
    with pytest.raises(TicketError, match="merged"):
        tickets.finish(1002, "solved", two.agent)


def test_unsent_words_are_kept(two: Desk) -> None:
    drafts.save(1001, "reply", "Dear Anna", 1, two.agent)
    drafts.save(1002, "reply", "The sum", 1, two.agent)
    merge(two)
    # A page of the other number, which has not heard of it yet.
    drafts.save(1002, "reply", "The sum is", 2, two.agent)
    with db.session() as session:
        held = drafts.of_ticket(session, 1001, two.agent)["reply"].text
        assert session.scalars(select(Draft).where(Draft.ticket_id == 1002)).one().text == ""
    assert "Dear Anna" in held
    assert "The sum" in held


def test_tags_followers_subtasks_and_links_come_along_and_go_back(two: Desk) -> None:
    subtask = subtasks.make(1002, Wanted("Look it up"), two.agent)
    two.write({"chat": 2, "id": 1, "text": "Somebody else"})
    links.add(1002, 1004, two.agent)
    with db.write() as session:
        session.add_all((Tag(id=1, name="invoice"), Tag(id=2, name="kettle")))
        session.flush()
        session.add_all((TicketTag(ticket_id=1002, tag_id=1), TicketTag(ticket_id=1001, tag_id=2)))
        session.add(Follower(ticket_id=1002, agent_id=two.agent.id))
    made = merge(two)
    assert belongings(1001) == ({1, 2}, {two.agent.id}, {1002, 1004})
    assert ticket(subtask).parent_id == 1001
    taking_back.undo(made, two.agent)
    assert belongings(1001) == ({2}, set(), {1002})
    assert belongings(1002) == ({1}, {two.agent.id}, {1001, 1004})
    assert ticket(subtask).parent_id == 1002


def belongings(number: int) -> tuple[set[int], set[int], set[int]]:
    with db.session() as session:
        tags = session.scalars(select(TicketTag.tag_id).where(TicketTag.ticket_id == number))
        followers = session.scalars(select(Follower.agent_id).where(Follower.ticket_id == number))
        return set(tags), set(followers), set(links.numbers(session, number))


def test_it_is_taken_back_with_what_each_had(two: Desk) -> None:
    made = merge(two)
    two.write({"chat": 1, "id": 3, "text": "Said since"})
    taking_back.undo(made, two.agent)
    assert [message.text for message in two.messages(1002)] == ["The invoice"]
    assert [message.text for message in two.messages(1001)] == ["The kettle leaks", "Said since"]
    assert (ticket(1002).merged_into_id, ticket(1002).stage, ticket(1002).waiting_for) == (None, "open", "us")
    assert ticket(1002).outcome == ""


def test_a_done_one_that_takes_in_an_unanswered_one_is_open_again(two: Desk) -> None:
    with db.write() as session:
        session.get_one(Ticket, 1001).stage = "done"
        session.get_one(Ticket, 1001).outcome = "solved"
    made = merge(two)
    assert (ticket(1001).stage, ticket(1001).waiting_for) == ("open", "us")
    taking_back.undo(made, two.agent)
    assert (ticket(1001).stage, ticket(1001).outcome) == ("done", "solved")


def test_merges_are_taken_apart_from_the_outside_in(two: Desk) -> None:
    two.write({"chat": 1, "id": 3, "text": "A third thing"})
    third = splitting.split(1002, [two.messages()[-1].id], two.agent).ticket_id
    inner = merge(two)
    outer = merging_tickets.merge(1001, third, two.agent)
    with pytest.raises(ArrangeError, match="undo_first"):
        taking_back.undo(inner, two.agent)
    taking_back.undo(outer, two.agent)
    taking_back.undo(inner, two.agent)
    assert [len(two.messages(number)) for number in (1001, 1002, third)] == [1, 1, 1]


def test_after_thirty_days_it_stays(two: Desk) -> None:
    made = merge(two)
    with db.write() as session:
        session.get_one(Arrangement, made).at -= timedelta(days=31)
    with pytest.raises(ArrangeError, match="not_reversible"):
        taking_back.undo(made, two.agent)


def test_it_refuses_itself_and_subtasks(two: Desk) -> None:
    subtask = subtasks.make(1001, Wanted("Look it up"), two.agent)
    for other, code in ((1001, "same_ticket"), (subtask, "is_subtask"), (4711, "not_found")):
        with pytest.raises(ArrangeError, match=code):
            merging_tickets.merge(other, 1001, two.agent)
