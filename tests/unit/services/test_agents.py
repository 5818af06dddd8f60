"""Who may work here, and who may say so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Event, Ticket
from appliance.services import agents, sign_in, taking
from appliance.services.agents import AgentError
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

PASSWORD = "correct horse"


def owner() -> Actor:
    return Actor("agent", agents.add("boss", "The Boss", "owner", PASSWORD, SYSTEM), "owner", "The Boss")


def code_of(error: pytest.ExceptionInfo[AgentError]) -> str:
    return error.value.code


def test_it_adds_an_agent_with_a_login_in_small_letters(desk: Desk) -> None:
    made = agents.add(" Anna.K ", " Anna   K ", "agent", PASSWORD, owner())
    found = agents.find("ANNA.K")
    assert found is not None
    assert (found.id, found.login, found.name, found.role) == (made, "anna.k", "Anna K", "agent")


@pytest.mark.parametrize("login", ["", "a", "-anna", "an na", "анна кова", "a" * 65, "anna/", "an\nna"])
def test_it_refuses_a_login_that_is_none(desk: Desk, login: str) -> None:
    with pytest.raises(AgentError) as error:
        agents.add(login, "Anna", "agent", PASSWORD, SYSTEM)
    assert code_of(error) == "login_malformed"


def test_it_takes_a_cyrillic_login(desk: Desk) -> None:
    agents.add("анна", "Анна", "agent", PASSWORD, SYSTEM)
    assert agents.find("АННА") is not None


def test_it_refuses_the_same_login_twice(desk: Desk) -> None:
    with pytest.raises(AgentError) as error:
        agents.add("Olga", "Another Olga", "agent", PASSWORD, SYSTEM)
    assert code_of(error) == "login_taken"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("nine char", "password_short"),
        ("x" * 257, "password_long"),
        ("aaaaaaaaaaaa", "password_known"),
        ("johnnysmith", "password_known"),
    ],
)
def test_it_refuses_a_password_that_protects_nothing(desk: Desk, password: str, code: str) -> None:
    with pytest.raises(AgentError) as error:
        agents.add("johnnysmith", "Johnny", "agent", password, SYSTEM)
    assert code_of(error) == code


def test_it_asks_for_no_special_signs_in_a_password(desk: Desk) -> None:
    made = agents.add("anna", "Anna", "agent", "зелёный чайник", SYSTEM)
    assert agents.password_fits(made, "зелёный чайник")
    assert not agents.password_fits(made, "Зелёный чайник")


@pytest.mark.parametrize("role", ["agent", "manager"])
def test_only_an_owner_adds_staff(desk: Desk, role: str) -> None:
    made = agents.add("anna", "Anna", role, PASSWORD, SYSTEM)
    with pytest.raises(AgentError) as error:
        # What the page believes about the role does not count.
        agents.add("mary", "Mary", "owner", PASSWORD, Actor("agent", made, "owner", "Anna"))
    assert code_of(error) == "not_allowed"


def test_an_agent_changes_their_own_name_but_not_their_role(desk: Desk) -> None:
    assert desk.agent.id is not None
    agents.change(desk.agent.id, desk.agent, name="Olga P", language="ru", theme="dark")
    found = agents.find("olga")
    assert found is not None
    assert (found.name, found.language, found.theme) == ("Olga P", "ru", "dark")
    with pytest.raises(AgentError) as error:
        agents.change(desk.agent.id, desk.agent, role="owner")
    assert code_of(error) == "not_allowed"


def test_the_last_owner_stays(desk: Desk) -> None:
    boss = owner()
    assert boss.id is not None
    for wanted in ({"role": "agent"}, {"active": False}):
        with pytest.raises(AgentError) as error:
            agents.change(boss.id, boss, **wanted)
        assert code_of(error) == "last_owner"
    agents.add("second", "Second", "owner", PASSWORD, boss)
    agents.change(boss.id, boss, role="agent")
    assert agents.owner_exists()


def test_who_leaves_is_signed_out_and_leaves_the_tickets_to_all(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "hello"})
    ticket = desk.tickets()[0]
    taking.take(ticket.id, desk.agent)
    assert desk.agent.id is not None
    token = sign_in.begin(desk.agent.id, "", "")
    agents.change(desk.agent.id, owner(), active=False)
    assert sign_in.recognise(token) is None
    with db.session() as session:
        assert session.get_one(Ticket, ticket.id).assignee_id is None


def test_a_new_password_ends_all_sessions_but_this_one(desk: Desk) -> None:
    assert desk.agent.id is not None
    kept = sign_in.recognise(sign_in.begin(desk.agent.id, "", "here"))
    other = sign_in.begin(desk.agent.id, "", "elsewhere")
    assert kept is not None
    agents.set_password(desk.agent.id, PASSWORD, desk.agent, keep_sign_in=kept.sign_in_id)
    assert sign_in.recognise(other) is None
    assert [session.browser for session in sign_in.sessions_of(desk.agent.id)] == ["here"]


def test_the_trail_names_who_did_it_and_holds_no_password(desk: Desk) -> None:
    boss = owner()
    made = agents.add("anna", "Anna", "agent", PASSWORD, boss)
    agents.set_password(made, "another password", boss)
    with db.session() as session:
        events = list(session.scalars(select(Event).where(Event.kind == "agent_changed", Event.actor_id == boss.id)))
    assert [event.after["agent"] for event in events] == [made, made]
    assert all("password" not in str(event.after.get("password")) for event in events)
