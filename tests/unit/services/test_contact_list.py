"""The list of customers: found by what people type, paged by keys."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import insert

from appliance import db
from appliance.models import Contact, Team, table_of
from appliance.models.folding import fold
from appliance.services import contact_list, contacts, spans
from appliance.services.contact_list import Wanted
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 99, "owner", "Петра")


def found(desk: Desk, search: str, by: Actor | None = None) -> list[str]:
    page = contact_list.find(by or desk.agent, Wanted(search=search, sort="name"))
    return [row.name for row in page.rows]


def test_it_finds_names_without_case_and_without_yo(desk: Desk) -> None:
    contacts.make("Алёна Фёдорова", "", desk.agent)
    contacts.make("Борис", "", desk.agent)
    assert found(desk, "алена") == ["Алёна Фёдорова"]
    assert found(desk, "ФЕДОР ален") == ["Алёна Фёдорова"]
    assert found(desk, "100%_") == []


@pytest.mark.parametrize("typed", ["+7 (921) 123-45-67", "89211234567", "123-45", "921 123"])
def test_it_finds_a_phone_however_it_is_written(desk: Desk, typed: str) -> None:
    contacts.make("Anna", "+7 921 123-45-67", desk.agent)
    contacts.make("Boris", "+7 999 000-00-00", desk.agent)
    assert found(desk, typed) == ["Anna"]


def test_a_renamed_customer_is_found_by_the_new_name_only(desk: Desk) -> None:
    number = contacts.make("Anna", "", desk.agent)
    contacts.change(number, "name", "Clara", desk.agent)
    assert found(desk, "clara") == ["Clara"]
    assert found(desk, "anna") == []


@pytest.mark.parametrize("sort", contact_list.SORTS)
def test_pages_follow_one_another_without_gap_or_repeat(desk: Desk, sort: str) -> None:
    names = ["Same", "Same", "Same", "Alba", "Zoe", "Ёж", "Елка"]
    for name in names:
        contacts.make(name, "", desk.agent)
    seen, after = [], ""
    while True:
        page = contact_list.find(desk.agent, Wanted(sort=sort), after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.more
        if not after:
            break
    assert len(seen) == len(set(seen)) == len(names)


@pytest.mark.parametrize("after", ["x", "~", "9" * 40, "-1~a", "5"])
def test_an_odd_mark_breaks_nothing(desk: Desk, after: str) -> None:
    contacts.make("Anna", "", desk.agent)
    contact_list.find(desk.agent, Wanted(sort="name"), after)


def test_it_counts_only_tickets_the_reader_may_see_and_hides_customers_of_other_teams(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"}, {"chat": 8, "id": 2, "text": "hi", "name": "Zoe"})
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        spans.change(session, session.merge(desk.tickets()[0]), SYSTEM, team_id=team.id)
    assert found(desk, "") == ["Zoe"]
    assert found(desk, "", OWNER) == ["Anna", "Zoe"]
    assert contact_list.count(desk.agent, Wanted()) == 1


def test_a_hundred_thousand_customers_are_searched_at_once(desk: Desk) -> None:
    rows = [
        {"name": f"Person {number}", "words": fold(f"Person {number}", "", f"+7921{number:07}"), "phone": ""}
        for number in range(100_000)
    ]
    with db.write() as session:
        session.execute(insert(table_of(Contact)), rows)
    started = time.perf_counter()
    page = contact_list.find(desk.agent, Wanted(search="person 99999"))
    contact_list.find(desk.agent, Wanted(sort="name"), after="500~person 50000")
    contact_list.count(desk.agent, Wanted(search="7921"))
    assert [row.name for row in page.rows] == ["Person 99999"]
    # Far more than it takes: a scan in Python would take longer.
    assert time.perf_counter() - started < 3
