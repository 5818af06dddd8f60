"""Which tickets filters choose, and that each list finds them by an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from appliance import db
from appliance.models import Contact, Field, Organisation, Tag, Team, Ticket, TicketField, TicketTag, now
from appliance.services import lists, sorts
from appliance.services.field_kinds import read
from appliance.services.filters import TABS, Filters
from appliance.values import Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner")


def add(**facts: Any) -> int:
    """A ticket of a new contact; its number."""
    company = facts.pop("organisation_id", None)
    with db.write() as session:
        contact = Contact(name="Igor", organisation_id=company)
        session.add(contact)
        session.flush()
        ticket = Ticket(contact_id=contact.id, waiting_since=now(), **facts)
        session.add(ticket)
        session.flush()
        return ticket.id


def found(*chosen: tuple[str, str], tab: str = "all", by: Actor = OWNER) -> set[int]:
    return {row.id for row in lists.find(by, Filters(tab, chosen)).rows}


def test_values_of_one_kind_are_joined_by_or_and_kinds_by_and(desk: Desk) -> None:
    both, urgent, done = add(priority=3), add(priority=4), add(priority=4, stage="done", done_at=now())
    add(priority=1)
    assert found(("priority", "3"), ("priority", "4")) == {both, urgent, done}
    assert found(("priority", "3"), ("priority", "4"), ("stage", "open")) == {both, urgent}


def test_me_and_nobody_are_people_too(desk: Desk) -> None:
    mine, free = add(assignee_id=desk.agent.id), add()
    assert found(("assignee", "me"), by=desk.agent) == {mine}
    assert found(("assignee", "none")) == {free}
    assert found(("assignee", "me"), ("assignee", "none"), by=desk.agent) == {mine, free}


def test_tags_are_found_by_number_and_by_name(desk: Desk) -> None:
    ticket = add()
    add()
    with db.write() as session:
        session.add(Tag(id=5, name="счёт"))
        session.flush()
        session.add(TicketTag(ticket_id=ticket, tag_id=5))
    assert found(("tag", "5")) == found(("tag", "счёт")) == {ticket}
    assert found(("tag", "6")) == set()


def test_companies_and_fields_choose(desk: Desk) -> None:
    with db.write() as session:
        session.add(Organisation(id=3, name="North"))
        session.add(Field(id=7, scope="ticket", name="Colour", kind="choice", choices=["red"]))
    ticket = add(organisation_id=3)
    add()
    with db.write() as session:
        session.add(TicketField(ticket_id=ticket, field_id=7, value="red"))
    assert found(("organisation", "3")) == found(("field-7", "red")) == {ticket}
    assert found(("field-7", "blue")) == set()


def test_numbers_money_and_days_of_fields_are_chosen_by_a_span_whose_ends_belong_to_it(desk: Desk) -> None:
    with db.write() as session:
        session.add(Field(id=7, scope="ticket", name="Amount", kind="money"))
        session.add(Field(id=8, scope="ticket", name="Bought", kind="date"))
    small, large, none = add(), add(), add()
    with db.write() as session:
        for ticket, amount, day in ((small, "99.50", "2026-02-01"), (large, "4390.00", "2026-03-01")):
            for field, kind, text in ((7, "money", amount), (8, "date", day)):
                kept = read(kind, text, (), "en")
                session.add(TicketField(ticket_id=ticket, field_id=field, value=kept.value, number=kept.number))
    assert found(("field-7-from", "99.5")) == {small, large}
    assert found(("field-7-from", "100"), ("field-7-to", "4390")) == {large}
    assert found(("field-7-to", "-1")) == set()
    assert found(("field-8-from", "2026-02-01"), ("field-8-to", "2026-02-28")) == {small}
    assert none not in found(("field-8-from", "1971-01-01"))


def test_days_are_those_of_the_company_and_belong_to_their_span(desk: Desk) -> None:
    today = now().date().isoformat()
    ticket = add(created_at=now())
    add(created_at=now() - timedelta(days=9))
    assert found(("created_from", today), ("created_to", (now() + timedelta(days=1)).date().isoformat())) == {ticket}


def test_what_is_due_is_told_from_what_is_overdue(desk: Desk) -> None:
    late, soon = add(due_at=now() - timedelta(minutes=5)), add(due_at=now() + timedelta(days=3))
    add(due_at=now() - timedelta(days=1), stage="done", done_at=now())
    assert found(tab="overdue") == found(("due", "overdue")) == {late}
    assert soon in found(("due", "week"))


def test_a_filter_never_shows_more_than_the_agent_may_see(desk: Desk) -> None:
    with db.write() as session:
        session.add(Team(id=4, name="Accounts"))
    hidden = add(team_id=4)
    assert found(("team", "4"), by=desk.agent) == set()
    assert found(("team", "4")) == {hidden}


def test_a_ticket_that_became_part_of_another_is_in_no_list(desk: Desk) -> None:
    add(merged_into_id=add())
    assert len(found()) == 1


def test_tickets_without_the_value_stand_behind_the_others_and_none_is_lost(desk: Desk) -> None:
    plain = [add() for _ in range(4)]
    due = [add(due_at=now() + timedelta(days=days)) for days in (2, 1)]
    seen: list[int] = []
    after = ""
    while True:
        page = lists.find(OWNER, Filters("all"), "due", after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.more
        if not after:
            break
    assert seen == [due[1], due[0], *plain]


def test_pages_by_priority_go_on_where_they_ended(desk: Desk) -> None:
    numbers = [add(priority=number % 3) for number in range(9)]
    seen: list[int] = []
    after = ""
    while len(seen) < 20:
        page = lists.find(OWNER, Filters("waiting"), "priority", after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.more
        if not after:
            break
    assert seen == sorted(numbers, key=lambda number: (-(numbers.index(number) % 3), number))


def test_counting_says_when_it_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        add()
    assert lists.count(OWNER, Filters("all")) == lists.Total(4)
    monkeypatch.setattr(lists, "MOST_COUNTED", 3)
    assert lists.count(OWNER, Filters("all")) == lists.Total(3, more=True)


@pytest.fixture
def statements(desk: Desk) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine(), "before_cursor_execute", note)
    yield seen
    event.remove(db.engine(), "before_cursor_execute", note)


def plans(statements: list[tuple[str, Any]]) -> str:
    """How the database would walk the tickets in each of these."""
    asked = [each for each in statements if "FROM ticket" in each[0] and "PRAGMA" not in each[0]]
    with db.engine().connect() as connection:
        walks = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all() for text, values in asked]
    return "\n".join(str(row[-1]) for walk in walks for row in walk)


@pytest.mark.parametrize("role", ["owner", "agent"])
def test_no_list_looks_through_all_tickets(desk: Desk, statements: list[tuple[str, Any]], role: Any) -> None:
    by = Actor("agent", desk.agent.id, role)
    for tab in TABS:
        for sort in sorts.choices(tab):
            lists.find(by, Filters(tab), sort)
        lists.count(by, Filters(tab))
    lists.counts(by)
    lists.last_answer_at(by)
    walked = plans(list(statements))
    assert "SCAN ticket\n" not in f"{walked}\n"


@pytest.mark.parametrize("tab", ["waiting", "mine", "unclaimed", "all", "done", "spam", "trash"])
def test_the_own_order_of_a_long_list_is_read_from_an_index(
    desk: Desk, statements: list[tuple[str, Any]], tab: str
) -> None:
    lists.find(OWNER, Filters(tab))
    assert "TEMP B-TREE FOR ORDER BY" not in plans(statements[:1])
