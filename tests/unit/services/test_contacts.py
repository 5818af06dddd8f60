"""What staff write down of a customer."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.models import Contact, Event, Team
from appliance.services import contact_card, contacts, fields, organisations, spans
from appliance.services.contacts import ContactError
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 99, "owner", "Петра")


def write_once(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"})
    return desk.tickets()[0].contact_id


def contact(number: int) -> Contact:
    with db.session() as session:
        return session.get_one(Contact, number)


def last_event() -> Event:
    with db.session() as session:
        return session.query(Event).order_by(Event.id.desc()).first()


def test_it_writes_down_each_thing_with_what_was_there_before(desk: Desk) -> None:
    number = write_once(desk)
    ticket = desk.tickets()[0].id
    contacts.change(number, "phone", "+7 921 123-45-67", desk.agent, ticket)
    event = last_event()
    assert (event.kind, event.ticket_id, event.actor_id) == ("contact_changed", ticket, desk.agent.id)
    assert (event.before["phone"], event.after["phone"]) == ("", "+7 921 123-45-67")
    contacts.change(number, "note", "Rings twice", desk.agent)
    contacts.change(number, "language", "en", desk.agent)
    contacts.change(number, "organisation", "ООО «Ёлка»", desk.agent)
    contacts.change(number, "tags", "VIP, wholesale, vip", desk.agent)
    person = contact_card.find(number, desk.agent)
    assert person is not None
    assert (person.note, person.language, person.organisation) == ("Rings twice", "en", "ООО «Ёлка»")
    assert person.tags == ("VIP", "wholesale")


def test_the_same_again_is_no_event(desk: Desk) -> None:
    number = write_once(desk)
    assert contacts.change(number, "name", "Anna", desk.agent) is None


def test_a_name_of_ours_is_not_replaced_by_the_messengers(desk: Desk) -> None:
    number = write_once(desk)
    contacts.change(number, "name", "Anna from the bakery", desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "again", "name": "Anna K."})
    assert contact(number).name == "Anna from the bakery"


def test_it_takes_a_change_back(desk: Desk) -> None:
    number = write_once(desk)
    contacts.change(number, "tags", "one, two", desk.agent)
    done = contacts.change(number, "tags", "three", desk.agent)
    assert done is not None
    contacts.undo(done, desk.agent)
    person = contact_card.find(number, desk.agent)
    assert person is not None
    assert person.tags == ("one", "two")


def test_nobody_takes_back_what_a_colleague_changed(desk: Desk) -> None:
    number = write_once(desk)
    done = contacts.change(number, "note", "mine", desk.agent)
    assert done is not None
    with pytest.raises(ContactError, match="not_found"):
        contacts.undo(done, OWNER)


def test_another_number_is_not_their_own_any_more(desk: Desk) -> None:
    number = write_once(desk)
    with db.write() as session:
        row = session.get_one(Contact, number)
        row.phone, row.phone_verified = "+7921", True
    contacts.change(number, "phone", "+7 921", desk.agent)
    assert contact(number).phone_verified
    contacts.change(number, "phone", "+7 922", desk.agent)
    assert not contact(number).phone_verified


@pytest.mark.parametrize(
    ("what", "value", "code"),
    [
        ("name", "   ", "name_empty"),
        ("phone", "call me", "bad_phone"),
        ("phone", "1" * 40, "bad_phone"),
        ("language", "<b>", "bad_language"),
        ("words", "x", "not_found"),
        ("field-77", "x", "not_found"),
    ],
)
def test_it_refuses_what_is_none(desk: Desk, what: str, value: str, code: str) -> None:
    number = write_once(desk)
    with pytest.raises(ContactError, match=code):
        contacts.change(number, what, value, desk.agent)


def test_fields_of_the_shop_are_written_like_everything_else(desk: Desk) -> None:
    number = write_once(desk)
    field = fields.define("contact", "Discount", "number", (), OWNER)
    contacts.change(number, f"field-{field}", "12,5", desk.agent)
    person = contact_card.find(number, desk.agent)
    assert person is not None
    assert [each.value for each in person.fields] == ["12.5"]
    with pytest.raises(ContactError, match="bad_value"):
        contacts.change(number, f"field-{field}", "much", desk.agent)


def test_who_sees_none_of_the_tickets_changes_nothing(desk: Desk) -> None:
    number = write_once(desk)
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        spans.change(session, session.merge(desk.tickets()[0]), SYSTEM, team_id=team.id)
    with pytest.raises(ContactError, match="not_found"):
        contacts.change(number, "name", "X", desk.agent)
    assert contacts.change(number, "name", "X", OWNER) is not None


def test_companies_are_one_however_they_are_written(desk: Desk) -> None:
    first, second = write_once(desk), contacts.make("Boris", "", desk.agent)
    contacts.change(first, "organisation", "Ёлка", desk.agent)
    contacts.change(second, "organisation", "ЕЛКА", desk.agent)
    (found,) = organisations.every()
    assert (found.name, found.people) == ("Ёлка", 2)
    person = contact_card.find(first, desk.agent)
    assert person is not None
    assert person.colleagues == ((second, "Boris"),)
    with pytest.raises(organisations.OrganisationError, match="in_use"):
        organisations.remove(found.id, OWNER)
