"""Ways in: what comes by one is sorted by it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Address, Connection, Event, Team, TicketTemplate
from appliance.services import answering, connections, entrance_list, entrances, settings, tickets
from appliance.services.entrances import EntranceError, Sorting
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner", "Petra")
PLAIN = Sorting()


def make(desk: Desk, *places: str, sorting: Sorting = PLAIN) -> list[entrance_list.EntranceView]:
    made = entrances.make(desk.connection_id, places, sorting, OWNER)
    return [view for view in entrance_list.all_entrances() if view.id in made]


def start(payload: str, chat: int = 7) -> dict[str, Any]:
    return {"chat": chat, "id": 900, "text": f"/start {payload}".strip()}


def automatic(desk: Desk) -> list[str]:
    while answering.follow():
        pass
    return [message.text for message in desk.messages() if message.kind == "auto"]


def events(kind: str) -> list[Event]:
    with db.session() as session:
        return list(session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))


def team(name: str) -> int:
    with db.write() as session:
        made = Team(name=name)
        session.add(made)
        session.flush()
        return made.id


def template(**fields: Any) -> int:
    with db.write() as session:
        made = TicketTemplate(**{"name": "Tills", "subject": "Till: {text}", "tags": ["till"], "stages": [], **fields})
        session.add(made)
        session.flush()
        return made.id


def test_several_are_made_at_once_each_with_a_link_of_its_own(desk: Desk) -> None:
    made = make(desk, "Till 1", "", "  Till   2 ", sorting=Sorting("shop"))
    assert [view.place for view in made] == ["Till 1", "Till 2"]
    assert len({view.link for view in made}) == 2
    assert made[0].link == f"https://plain.test/me?start={made[0].code}"
    assert made[0].sorting.source == "shop"


@pytest.mark.parametrize(
    ("places", "sorting", "code"),
    [
        (["", " "], Sorting(), "place_empty"),
        (["x"] * 51, Sorting(), "too_many"),
        (["x"], Sorting(team_id=99), "no_team"),
        (["x"], Sorting(template_id=99), "no_template"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, places: list[str], sorting: Sorting, code: str) -> None:
    with pytest.raises(EntranceError) as error:
        entrances.make(desk.connection_id, places, sorting, OWNER)
    assert error.value.code == code
    assert entrance_list.all_entrances() == []


def test_the_first_message_is_sorted_by_the_way_in(desk: Desk) -> None:
    sorting = Sorting("shop", team("Floor"), template(priority=2))
    (till,) = make(desk, "Till 2", sorting=sorting)
    desk.write(start(till.code), {"chat": 7, "id": 1, "text": "it is dead"})
    (ticket,) = desk.tickets()
    assert (ticket.entrance_id, ticket.team_id, ticket.template_id, ticket.priority) == (
        till.id,
        sorting.team_id,
        sorting.template_id,
        2,
    )
    assert ticket.subject == "Till: it is dead"
    assert [event.after for event in events("ticket_created")] == [{"entrance": "Till 2 · shop"}]
    (shown,) = entrance_list.all_entrances()
    assert shown.tickets == 1


def test_it_is_forgotten_after_one_ticket(desk: Desk) -> None:
    (till,) = make(desk, "Till 2")
    desk.write(start(till.code), {"chat": 7, "id": 1, "text": "it is dead"})
    with db.session() as session:
        assert session.scalars(select(Address.entrance_id)).one() is None
    tickets.shelve(1001, "trash", False, desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "another thing"})
    assert [ticket.entrance_id for ticket in desk.tickets()] == [till.id, None]


def test_who_has_a_ticket_already_and_comes_by_it_is_noted(desk: Desk) -> None:
    first, second = make(desk, "Till 1", "Till 2")
    desk.write({"chat": 7, "id": 1, "text": "hello"}, start(first.code), {"chat": 7, "id": 2, "text": "me again"})
    (ticket,) = desk.tickets()
    assert ticket.entrance_id == first.id
    desk.write({**start(second.code), "again": 1}, {"chat": 7, "id": 3, "text": "and again"})
    assert [ticket.entrance_id for ticket in desk.tickets()] == [first.id]
    assert [event.after for event in events("ticket_changed")] == [{"entrance": "Till 1"}, {"entrance": "Till 2"}]


def test_a_message_in_between_uses_it_up_once(desk: Desk) -> None:
    (till,) = make(desk, "Till 1")
    desk.write(start(till.code), {"chat": 7, "id": 1, "text": "a"}, {"chat": 7, "id": 2, "text": "b"})
    assert events("ticket_changed") == []


def test_a_retired_one_sorts_nothing_but_keeps_its_name(desk: Desk) -> None:
    (till,) = make(desk, "Till 2", sorting=Sorting(team_id=team("Floor")))
    entrances.retire(till.id, OWNER)
    desk.write(start(till.code), {"chat": 7, "id": 1, "text": "it is dead"})
    (ticket,) = desk.tickets()
    assert (ticket.entrance_id, ticket.team_id) == (None, None)
    assert [event.after for event in events("ticket_created")] == [{"start": "Till 2"}]
    entrances.retire(till.id, OWNER, False)
    (view,) = entrance_list.all_entrances()
    assert view.retired_at is None


def test_another_connections_code_and_unknown_ones_stay_text(desk: Desk) -> None:
    other = connections.connect("plain", {"token": "other"}, "Sales", SYSTEM).id
    (foreign,) = entrances.make(other, ["Door"], Sorting(), OWNER)
    found = entrance_list.find(foreign)
    assert found is not None
    desk.write(
        start(found.code), {"chat": 7, "id": 1, "text": "a"}, start("<promo>", 8), {"chat": 8, "id": 1, "text": "b"}
    )
    assert [ticket.entrance_id for ticket in desk.tickets()] == [None, None]
    assert [event.after["start"] for event in events("ticket_created")] == [found.code, "<promo>"]


def test_a_bare_start_does_not_forget_the_way_in(desk: Desk) -> None:
    (till,) = make(desk, "Till 1")
    desk.write(start(till.code), {**start(""), "id": 901}, {"chat": 7, "id": 1, "text": "a"})
    assert [ticket.entrance_id for ticket in desk.tickets()] == [till.id]


def test_the_greeting_names_the_place_and_uses_the_ways_own_template(desk: Desk) -> None:
    settings.set("company", "Daisy", SYSTEM)
    own = template(greeting={"ru": "{name}, вы у {place}"})
    (till,) = make(desk, "Till {name}", sorting=Sorting(template_id=own))
    desk.write(start(till.code))
    with db.write() as session:
        connection = session.get_one(Connection, desk.connection_id)
        connection.template_id = own
    desk.write(start("", 8))
    assert automatic(desk) == ["Anna, вы у Till {name}", "Anna, вы у Daisy"]


def test_the_privacy_notice_is_said_once(desk: Desk) -> None:
    with db.write() as session:
        connection = session.get_one(Connection, desk.connection_id)
        connection.privacy_notice = {"ru": "Переписка хранится год.", "en": ""}
    desk.write(start(""), {**start(""), "id": 901})
    first, second = automatic(desk)
    assert first.endswith("\n\nПереписка хранится год.")
    assert first.startswith(second)


def test_the_acknowledgement_is_that_of_the_tickets_template(desk: Desk) -> None:
    own = template(acknowledgement={"ru": "Касса: {number}"})
    (till,) = make(desk, "Till 1", sorting=Sorting(template_id=own))
    desk.write(start(till.code), {"chat": 7, "id": 1, "text": "a"})
    assert automatic(desk)[-1] == "Касса: 1001"


def test_renaming_keeps_the_code(desk: Desk) -> None:
    (till,) = make(desk, "Till 1")
    entrances.change(till.id, "Till one", Sorting("door"), OWNER)
    (renamed,) = entrance_list.all_entrances()
    assert (renamed.code, renamed.place, renamed.sorting.source) == (till.code, "Till one", "door")
    with pytest.raises(EntranceError):
        entrances.change(till.id, " ", Sorting(), OWNER)
    with pytest.raises(EntranceError):
        entrances.change(99, "x", Sorting(), OWNER)
