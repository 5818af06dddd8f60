"""Messages move to another ticket of the same chat, and back."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.models import Address, Agent, Contact, Team, Ticket
from appliance.services import moving, outbox, splitting, survivors, taking_back, tickets
from appliance.services.arrangements import ArrangeError
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """No. 1001 about a kettle, answered; No. 1002 about an invoice."""
    desk.write({"chat": 1, "id": 1, "text": "The kettle leaks"}, {"chat": 1, "id": 2, "text": "The invoice"})
    splitting.split(1001, [desk.messages()[1].id], desk.agent)
    outbox.reply(1001, desk.agent, "We send a new one")
    desk.write({"chat": 1, "id": 3, "text": "It is 200 too much"})
    return desk


def ticket(number: int) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def last(desk: Desk, number: int) -> int:
    return desk.messages(number)[-1].id


def test_they_are_in_the_other_ticket_then(two: Desk) -> None:
    assert ticket(1001).waiting_for == "us"
    made = moving.move(1001, [last(two, 1001)], 1002, two.agent)
    assert (made.target_id, made.count, made.merged) == (1002, 1, False)
    assert [message.text for message in two.messages(1002)] == ["The invoice", "It is 200 too much"]
    assert (ticket(1001).waiting_for, ticket(1002).waiting_for) == ("customer", "us")
    assert ticket(1002).last_message_id == two.messages(1002)[-1].id


def test_and_back(two: Desk) -> None:
    made = moving.move(1001, [last(two, 1001)], 1002, two.agent)
    two.write({"chat": 1, "id": 4, "text": "Thank you", "reply_to": 2})
    taking_back.undo(made.arrangement_id, two.agent)
    assert [message.text for message in two.messages(1002)] == ["The invoice", "Thank you"]
    assert two.messages(1001)[-1].text == "It is 200 too much"


def test_a_done_ticket_goes_on_with_what_was_said_since(two: Desk) -> None:
    tickets.finish(1002, "rejected", two.agent)
    two.write({"chat": 1, "id": 4, "text": "And the invoice?"})
    made = moving.move(1001, [last(two, 1001)], 1002, two.agent)
    assert (ticket(1002).stage, ticket(1002).waiting_for) == ("open", "us")
    taking_back.undo(made.arrangement_id, two.agent)
    assert (ticket(1002).stage, ticket(1002).outcome) == ("done", "rejected")
    assert ticket(1002).done_at is not None


def test_a_done_ticket_that_gets_older_words_stays_done(two: Desk) -> None:
    moved = last(two, 1001)
    tickets.finish(1002, "solved", two.agent)
    moving.move(1001, [moved], 1002, two.agent)
    assert (ticket(1002).stage, ticket(1002).waiting_for) == ("done", "")


def test_when_nothing_remains_the_two_become_one(two: Desk) -> None:
    made = moving.move(1002, [last(two, 1002)], 1001, two.agent)
    assert made.merged
    assert survivors.leads_elsewhere(1002, two.agent) == 1001


def test_it_goes_to_whoever_a_merged_number_is_now(two: Desk) -> None:
    moving.move(1002, [last(two, 1002)], 1001, two.agent)
    two.write({"chat": 1, "id": 5, "text": "Something else"})
    third = splitting.split(1001, [last(two, 1001)], two.agent).ticket_id
    outbox.note(third, two.agent, "Stays here")
    assert moving.move(third, [two.messages(third)[0].id], 1002, two.agent).target_id == 1001


def test_it_refuses_tickets_of_others(two: Desk) -> None:
    two.write({"chat": 2, "id": 1, "text": "Somebody else"})
    with pytest.raises(ArrangeError, match="other_contact"):
        moving.move(1001, [last(two, 1001)], 1003, two.agent)


def test_it_refuses_another_chat_of_the_same_person(two: Desk) -> None:
    two.write({"chat": 2, "id": 1, "text": "My other phone"})
    with db.write() as session:
        other = session.get_one(Ticket, 1003)
        session.get_one(Contact, other.contact_id)
        other.contact_id = session.get_one(Ticket, 1001).contact_id
        assert session.get_one(Address, other.address_id).id != session.get_one(Ticket, 1001).address_id
    with pytest.raises(ArrangeError, match="other_chat"):
        moving.move(1001, [last(two, 1001)], 1003, two.agent)


def test_it_refuses_what_lies_on_a_shelf(two: Desk) -> None:
    tickets.shelve(1002, "trash", False, two.agent)
    with pytest.raises(ArrangeError, match="on_shelf"):
        moving.move(1001, [last(two, 1001)], 1002, two.agent)


def test_it_knows_nothing_of_tickets_the_actor_may_not_see(two: Desk) -> None:
    with db.write() as session:
        team = Team(name="Accounts", closed=True)
        stranger = Agent(login="ivan", name="Ivan", role="agent", password="-")
        session.add_all((team, stranger))
        session.flush()
        session.get_one(Ticket, 1002).team_id = team.id
        ivan = Actor("agent", stranger.id, "agent", stranger.name)
    with pytest.raises(ArrangeError, match="not_found"):
        moving.move(1001, [last(two, 1001)], 1002, ivan)
    made = moving.move(1001, [last(two, 1001)], 1002, SYSTEM)
    with pytest.raises(ArrangeError, match="not_found"):
        taking_back.undo(made.arrangement_id, ivan)
