"""A ticket made by one of the staff."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.models import Contact, TicketTemplate
from appliance.services import answering, by_hand, contacts, outbox
from appliance.services.by_hand import ByHandError, Request
from appliance.services.letters import OutboxError
from tests.unit.services.conftest import Desk


def test_it_makes_customer_ticket_and_note(desk: Desk) -> None:
    number = by_hand.open_ticket(
        Request("Broken lamp", name="Anna", phone="+7 921", note="Called at nine", assignee_id=desk.agent.id),
        desk.agent,
    )
    (ticket,) = desk.tickets()
    assert (ticket.id, number, ticket.subject, ticket.started_by) == (1001, 1001, "Broken lamp", "staff")
    assert (ticket.assignee_id, ticket.address_id, ticket.waiting_for) == (desk.agent.id, None, "us")
    assert [(message.kind, message.text) for message in desk.messages()] == [("note", "Called at nine")]
    with pytest.raises(OutboxError, match="no_address"):
        outbox.reply(number, desk.agent, "hello")


def test_nobody_is_told_automatically(desk: Desk) -> None:
    by_hand.open_ticket(Request("Broken lamp", name="Anna"), desk.agent)
    while answering.follow():
        pass
    assert desk.messages() == []


def test_it_begins_as_its_template_says(desk: Desk) -> None:
    with db.write() as session:
        template = TicketTemplate(name="Repairs", tags=["repair"], priority=1, stages=["diagnosis", "parts"])
        session.add(template)
        session.flush()
        chosen = template.id
    by_hand.open_ticket(Request("Lamp", name="Anna", template_id=chosen), desk.agent)
    (ticket,) = desk.tickets()
    assert (ticket.template_id, ticket.priority, ticket.step) == (chosen, 1, "diagnosis")


def test_a_customer_who_wrote_is_written_to_first(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"})
    contact = desk.tickets()[0].contact_id
    (place,) = by_hand.places_of(contact, desk.agent)
    number = by_hand.open_ticket(Request("Your order", contact_id=contact, address_id=place.address_id), desk.agent)
    outbox.reply(number, desk.agent, "It has come")
    desk.write({"chat": 7, "id": 2, "text": "I am on my way", "name": "Anna"})
    assert [message.text for message in desk.messages(number)] == ["It has come", "I am on my way"]


def test_somebody_elses_address_is_none_of_theirs(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"})
    (place,) = by_hand.places_of(desk.tickets()[0].contact_id, desk.agent)
    with pytest.raises(ByHandError, match="no_address"):
        by_hand.open_ticket(Request("Lamp", name="Boris", address_id=place.address_id), desk.agent)
    with db.session() as session:
        assert session.query(Contact).count() == 1


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (Request("  ", name="Anna"), "subject_empty"),
        (Request("Lamp", name=" "), "name_empty"),
        (Request("Lamp", name="Anna", phone="none"), "bad_phone"),
        (Request("Lamp", contact_id=77), "no_contact"),
        (Request("Lamp", name="Anna", assignee_id=77), "no_agent"),
        (Request("Lamp", name="Anna", template_id=77), "no_template"),
        (Request("Lamp", name="Anna", note="x" * 20_001), "note_too_long"),
    ],
)
def test_it_makes_nothing_of_what_is_incomplete(desk: Desk, request_: Request, code: str) -> None:
    with pytest.raises(ByHandError, match=code):
        by_hand.open_ticket(request_, desk.agent)
    assert desk.tickets() == []


def test_who_it_may_be_is_found_while_typing(desk: Desk) -> None:
    contacts.make("Алёна", "+7 921 123-45-67", desk.agent)
    assert [row.name for row in by_hand.people_like("ален", desk.agent)] == ["Алёна"]
    assert [row.name for row in by_hand.people_like("8 921 123", desk.agent)] == []
    assert [row.name for row in by_hand.people_like("12345", desk.agent)] == ["Алёна"]
    assert by_hand.people_like("а", desk.agent) == []
