"""One person with two accounts becomes one contact; each chat is answered where it is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Contact, ContactTag, Delivery, Event, Tag, Ticket
from appliance.services import contact_merging, outbox
from appliance.services.arrangements import ArrangeError
from tests.unit.services.conftest import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Anna with her phone, and with her tablet."""
    desk.write({"chat": 1, "id": 1, "text": "From the phone"})
    desk.write({"chat": 2, "id": 1, "text": "From the tablet", "name": "A. K.", "phone": "+79211234567"})
    return desk


def contact(number: int) -> Contact:
    with db.session() as session:
        return session.get_one(Contact, number)


def of(number: int) -> set[int]:
    with db.session() as session:
        return set(session.scalars(select(Ticket.id).where(Ticket.contact_id == number)))


def merge(desk: Desk) -> int:
    return contact_merging.merge(1, 2, desk.agent)


def test_the_one_that_remains_has_both_chats_and_what_it_lacked(two: Desk) -> None:
    merge(two)
    kept = contact(1)
    assert of(1) == {1001, 1002}
    assert (kept.name, kept.phone, kept.phone_verified) == ("Anna", "+79211234567", True)
    assert contact(2).merged_into_id == 1


def test_each_ticket_is_answered_at_its_own_address(two: Desk) -> None:
    merge(two)
    outbox.reply(1001, two.agent, "To the phone")
    outbox.reply(1002, two.agent, "To the tablet")
    with db.session() as session:
        addresses = session.scalars(select(Delivery.address_id).order_by(Delivery.id)).all()
        assert addresses == [session.get_one(Ticket, 1001).address_id, session.get_one(Ticket, 1002).address_id]


def test_what_either_account_writes_joins_its_own_ticket(two: Desk) -> None:
    merge(two)
    two.write({"chat": 1, "id": 2, "text": "More"}, {"chat": 2, "id": 2, "text": "More too", "name": "A. K."})
    assert [message.text for message in two.messages(1001)] == ["From the phone", "More"]
    assert [message.text for message in two.messages(1002)] == ["From the tablet", "More too"]
    assert contact(1).name == "Anna"


def test_it_is_taken_back_with_whatever_came_in_since(two: Desk) -> None:
    with db.write() as session:
        session.add(Tag(id=1, name="regular"))
        session.flush()
        session.add(ContactTag(contact_id=2, tag_id=1))
    made = merge(two)
    with db.write() as session:
        session.get_one(Ticket, 1002).shelf = "trash"
    two.write({"chat": 2, "id": 2, "text": "A new ticket", "name": "A. K."})
    assert contact_merging.undo(made, two.agent) == 1
    assert (of(1), of(2)) == ({1001}, {1002, 1003})
    assert (contact(1).phone, contact(1).named, contact(2).merged_into_id) == ("", False, None)
    with db.session() as session:
        assert session.scalars(select(ContactTag.contact_id)).all() == [2]


def test_both_are_told(two: Desk) -> None:
    merge(two)
    with db.session() as session:
        told = session.scalars(select(Event).where(Event.kind == "contacts_joined")).one()
        assert (told.after["contact"], told.after["gone"]) == (1, 2)
        cards = session.scalars(select(Event.ticket_id).where(Event.kind == "contact_changed")).all()
        assert {1001, 1002} <= set(cards)


def test_it_refuses_groups_and_itself(two: Desk) -> None:
    with pytest.raises(ArrangeError, match="same_contact"):
        contact_merging.merge(1, 1, two.agent)
    merge(two)
    with pytest.raises(ArrangeError, match="merged_contact"):
        contact_merging.merge(1, 2, two.agent)
