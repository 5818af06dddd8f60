"""Somebody known by name only opens our invitation in their messenger."""

from __future__ import annotations

import re

import pytest

from appliance import db
from appliance.models import Address, Contact, Event, Identity, StartCode, now
from appliance.services import answering, by_hand, contacts, joining, outbox, staff_addresses
from appliance.services.by_hand import Request
from appliance.services.contacts import ContactError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

CODE = re.compile(r"start=(join-\w+)")
OWNER = Actor("agent", 99, "owner", "Петра")


def open_by_hand(desk: Desk) -> int:
    return by_hand.open_ticket(Request("Broken lamp", name="Anna from the phone", phone="+7 921"), desk.agent)


def invite(desk: Desk, ticket: int) -> str:
    contact = next(each.contact_id for each in desk.tickets() if each.id == ticket)
    made = joining.invite(contact, desk.connection_id, ticket, desk.agent)
    found = CODE.search(made.link)
    assert found is not None
    return found[1]


def start(desk: Desk, code: str, chat: int = 7, name: str = "Anna K.") -> None:
    desk.write({"chat": chat, "id": 900 + chat, "text": f"/start {code}", "name": name})


def people() -> list[Contact]:
    with db.session() as session:
        return list(session.query(Contact).order_by(Contact.id))


def test_the_ticket_goes_on_at_the_address_of_whoever_opened_it(desk: Desk) -> None:
    number = open_by_hand(desk)
    start(desk, invite(desk, number))
    (ticket,) = desk.tickets()
    (person,) = people()
    assert (ticket.connection_id, ticket.contact_id) == (desk.connection_id, person.id)
    assert ticket.address_id is not None
    assert (person.name, person.phone, person.language) == ("Anna from the phone", "+7 921", "ru")
    outbox.reply(number, desk.agent, "We are on it")
    desk.write({"chat": 7, "id": 2, "text": "Thank you, when?", "name": "Anna K."})
    assert [message.text for message in desk.messages(number)] == ["We are on it", "Thank you, when?"]
    assert people()[0].name == "Anna from the phone"


def test_staff_see_a_line_and_the_customer_hears_a_word_in_their_language(desk: Desk) -> None:
    number = open_by_hand(desk)
    start(desk, invite(desk, number))
    with db.session() as session:
        told = session.query(Event).filter(Event.kind == "contact_changed", Event.ticket_id == number).one()
        assert told.after["joined"] == "Anna K."
    while answering.follow():
        pass
    (said,) = desk.messages(number)
    assert said.kind == "auto"
    assert str(number) in said.text


def test_who_has_written_before_brings_it_along(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "an older matter", "name": "anna_k"})
    number = open_by_hand(desk)
    start(desk, invite(desk, number))
    (person,) = people()
    assert {ticket.contact_id for ticket in desk.tickets()} == {person.id}
    with db.session() as session:
        assert session.query(Identity).one().contact_id == person.id


def test_a_code_is_good_once_and_for_its_time(desk: Desk) -> None:
    number = open_by_hand(desk)
    code = invite(desk, number)
    start(desk, code)
    start(desk, code, chat=8, name="Mallory")
    assert len(people()) == 2
    with db.session() as session:
        assert session.get_one(Contact, people()[1].id).name == "Mallory"
    other = by_hand.open_ticket(Request("Lamp", name="Boris"), desk.agent)
    late = invite(desk, other)
    with db.write() as session:
        session.query(StartCode).update({StartCode.expires_at: now()})
    start(desk, late, chat=9, name="Boris Late")
    assert next(ticket for ticket in desk.tickets() if ticket.id == other).address_id is None
    while answering.follow():
        pass
    assert "just write to us here" in " ".join(message.text for message in desk.messages()) or "напишите" in " ".join(
        message.text for message in desk.messages()
    )


def test_a_colleague_who_tries_it_out_is_not_taken_for_the_customer(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Olga at home"})
    with db.write() as session:
        staff_addresses.link(session, desk.agent.id or 0, session.query(Address).one())
    number = open_by_hand(desk)
    code = invite(desk, number)
    start(desk, code, name="Olga at home")
    assert next(ticket for ticket in desk.tickets() if ticket.id == number).address_id is None
    start(desk, code, chat=8)
    assert next(ticket for ticket in desk.tickets() if ticket.id == number).address_id is not None


def test_nobody_is_invited_to_where_they_are_already(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello"})
    (ticket,) = desk.tickets()
    assert joining.ways(ticket.contact_id) == []
    with pytest.raises(ContactError, match="not_found"):
        joining.invite(ticket.contact_id, desk.connection_id, ticket.id, desk.agent)


def test_another_customers_ticket_is_not_taken_along(desk: Desk) -> None:
    number, somebody = open_by_hand(desk), contacts.make("Boris", "", desk.agent)
    with pytest.raises(ContactError, match="not_found"):
        joining.invite(somebody, desk.connection_id, number, desk.agent)
