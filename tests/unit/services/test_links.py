"""Tickets that have to do with each other."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Event, Ticket
from appliance.services import links
from appliance.services.arrangements import ArrangeError
from tests.unit.services.conftest import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    desk.write({"chat": 1, "id": 1, "text": "Ours"}, {"chat": 2, "id": 1, "text": "Theirs"})
    return desk


def of(desk: Desk, number: int) -> list[tuple[int, str]]:
    with db.session() as session:
        return [(each.id, each.why) for each in links.related(session, number, desk.agent)]


def test_a_link_shows_at_both_ends_and_is_made_once(two: Desk) -> None:
    assert links.add(1002, 1001, two.agent) == 1001
    links.add(1001, 1002, two.agent)
    assert (of(two, 1001), of(two, 1002)) == ([(1002, "linked")], [(1001, "linked")])
    with db.session() as session:
        told = session.scalars(select(Event).where(Event.kind == "tickets_arranged")).all()
    assert {(event.ticket_id, event.after["other"]) for event in told} == {(1001, 1002), (1002, 1001)}


def test_it_is_taken_away(two: Desk) -> None:
    links.add(1001, 1002, two.agent)
    links.remove(1002, 1001, two.agent)
    assert of(two, 1001) == []
    with pytest.raises(ArrangeError, match="not_found"):
        links.remove(1002, 1001, two.agent)


def test_the_one_before_and_the_one_after_are_related(two: Desk) -> None:
    with db.write() as session:
        session.get_one(Ticket, 1002).previous_id = 1001
    assert (of(two, 1001), of(two, 1002)) == ([(1002, "next")], [(1001, "previous")])


@pytest.mark.parametrize(("number", "code"), [(1001, "same_ticket"), (4711, "not_found")])
def test_it_refuses_itself_and_what_is_not_there(two: Desk, number: int, code: str) -> None:
    with pytest.raises(ArrangeError, match=code):
        links.add(1001, number, two.agent)
