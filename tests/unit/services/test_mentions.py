"""Notes that name colleagues."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Agent, Follower, Mention, Part, Team, Ticket
from appliance.services import mentions, outbox
from appliance.values import Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def hire(login: str, name: str, role: str = "agent", active: bool = True) -> int:
    with db.write() as session:
        agent = Agent(login=login, name=name, role=role, password="-", active=active)
        session.add(agent)
        session.flush()
        return agent.id


def named() -> list[int]:
    with db.session() as session:
        return list(session.scalars(select(Mention.agent_id).order_by(Mention.agent_id)))


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("@Пётр Орлов, look", True),
        ("look, @петр орлов", True),
        ("(@Пётр)", True),
        ("@pyotr.o", True),
        ("@Петров", False),
        ("mail@Пётр", False),
        ("Пётр", False),
    ],
)
def test_a_name_after_an_at_sign_counts(desk: Desk, ticket: int, text: str, hit: bool) -> None:
    pyotr = hire("pyotr.o", "Пётр Орлов")
    outbox.note(ticket, desk.agent, text)
    assert named() == ([pyotr] if hit else [])


def test_a_first_name_that_two_have_names_neither(desk: Desk, ticket: int) -> None:
    hire("anna1", "Anna One")
    two = hire("anna2", "Anna Two")
    outbox.note(ticket, desk.agent, "@Anna and @Anna Two")
    assert named() == [two]


def test_who_is_named_follows_the_ticket_and_is_marked_in_the_text(desk: Desk, ticket: int) -> None:
    boris = hire("boris", "Boris Orlov")
    note = outbox.note(ticket, desk.agent, "Ask **@Boris Orlov** first")
    with db.session() as session:
        assert session.get(Follower, (ticket, boris)) is not None
        part = session.scalars(select(Part).where(Part.message_id == note)).one()
    kinds = {entity["kind"]: part.text[entity["offset"] :][: entity["length"]] for entity in part.entities}
    assert kinds == {"bold": "@Boris Orlov", "mention": "@Boris Orlov"}


def test_an_edited_note_names_whom_it_names_now(desk: Desk, ticket: int) -> None:
    boris, clara = hire("boris", "Boris"), hire("clara", "Clara")
    note = outbox.note(ticket, desk.agent, "@Boris")
    assert named() == [boris]
    with db.write() as session:
        part = session.scalars(select(Part).where(Part.message_id == note)).one()
        part.text = "@Clara"
        message = next(message for message in desk.messages(ticket) if message.id == note)
        assert mentions.of_text(session, session.merge(message), desk.agent) == {clara}
    assert named() == [clara]


def test_nobody_is_named_who_may_not_see_it_or_has_left_or_writes_it(desk: Desk, ticket: int) -> None:
    hire("boris", "Boris")
    hire("gone", "Gone", active=False)
    manager = hire("petra", "Petra", "manager")
    with db.write() as session:
        team = Team(name="Others")
        session.add(team)
        session.flush()
        row = session.get_one(Ticket, ticket)
        row.team_id, row.assignee_id = team.id, desk.agent.id
    assert [each.name for each in mentions.mentionable(ticket, desk.agent)] == ["Petra"]
    outbox.note(ticket, desk.agent, "@Boris @Gone @Petra @Ольга")
    assert named() == [manager]


def test_a_reply_names_nobody(desk: Desk, ticket: int) -> None:
    hire("boris", "Boris")
    outbox.reply(ticket, desk.agent, "@Boris will call you")
    assert named() == []


def test_it_is_seen_once_it_was_read(desk: Desk, ticket: int) -> None:
    boris = Actor("agent", hire("boris", "Boris"), "agent", "Boris")
    note = outbox.note(ticket, desk.agent, "@Boris")
    mentions.see(ticket, note - 1, boris)
    with db.session() as session:
        assert session.scalars(select(Mention)).one().seen_at is None
    mentions.see(ticket, note, boris)
    with db.session() as session:
        assert session.scalars(select(Mention)).one().seen_at is not None
