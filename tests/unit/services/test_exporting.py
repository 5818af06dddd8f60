"""All that is kept of one customer, handed out."""

from __future__ import annotations

import json

import pytest

from appliance import db
from appliance.models import Event
from appliance.services import contacts, exporting, outbox
from appliance.services.contacts import ContactError
from appliance.values import Actor
from tests.unit.services import filed
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 99, "owner", "Петра")


def fill(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"}, {"chat": 8, "id": 1, "text": "other"})
    ticket = next(each for each in desk.tickets() if each.subject == "hello")
    outbox.reply(ticket.id, desk.agent, "good day")
    outbox.note(ticket.id, desk.agent, "a difficult one")
    contacts.change(ticket.contact_id, "phone", "+7 921", desk.agent)
    return ticket.contact_id


def test_every_word_and_every_file_is_in_it(desk: Desk) -> None:
    number = fill(desk)
    message = next(each for each in desk.messages() if each.text == "hello")
    file = filed.file_in(message.id, b"their film", name="film.mp4")
    filed.file_in(message.id, b"never came", state="failed")
    made = exporting.export(number, OWNER, notes=True)
    (ticket,) = made.tickets
    assert [said.text for said in ticket.messages] == ["hello", "good day", "a difficult one"]
    assert ticket.messages[0].files == (f"files/{file}-film.mp4",)
    assert [each.name for each in made.files] == [f"files/{file}-film.mp4"]
    assert (made.person.name, made.person.phone, made.addresses[0]["id"]) == ("Anna", "+7 921", "7")


def test_notes_are_left_out_unless_they_are_wanted(desk: Desk) -> None:
    made = exporting.export(fill(desk), OWNER, notes=False)
    assert "a difficult one" not in str(made.tickets)


def test_machines_read_it_too(desk: Desk) -> None:
    data = exporting.as_data(exporting.export(fill(desk), OWNER, notes=False))
    assert data["person"]["phone"] == "+7 921"
    assert "good day" in json.dumps(data, default=str)


def test_it_is_the_owners_alone_and_told_in_the_log(desk: Desk) -> None:
    number = fill(desk)
    with pytest.raises(ContactError, match="not_allowed"):
        exporting.export(number, Actor("agent", 98, "manager", ""), notes=False)
    exporting.export(number, OWNER, notes=False)
    with db.session() as session:
        told = session.query(Event).filter(Event.kind == "contact_exported").one()
        assert (told.actor_id, told.after["contact"]) == (OWNER.id, number)
