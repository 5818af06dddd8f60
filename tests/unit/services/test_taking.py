"""Whose a ticket is: taken once, handed over with a note, offered to a team, and each step taken back."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Agent, Event, Team, TeamMember, Ticket
from appliance.services import fact_undoing, outbox, taking
from appliance.services.taking import Receiver
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

# Another process, as a second web server would be: takes the ticket once it is told to.
TAKE = """
import sys
from pathlib import Path
from appliance import app
from appliance.config import Config
from appliance.services import taking
from appliance.services.tickets import TicketError
from appliance.values import Actor
app.bind_doors(Config(data=Path(sys.argv[1])))
print("ready", flush=True)
sys.stdin.readline()
try:
    print("has it" if taking.take(1001, Actor("agent", int(sys.argv[2]), "agent", "x")) else "nothing")
except TicketError as error:
    print(error.code)
"""


@pytest.fixture(autouse=True)
def a_ticket(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "help"})


def hire(login: str, *teams: int) -> Actor:
    with db.write() as session:
        agent = Agent(login=login, name=login.title(), role="agent", password="-")
        session.add(agent)
        session.flush()
        session.add_all(TeamMember(team_id=team, agent_id=agent.id) for team in teams)
    return Actor("agent", agent.id, "agent", agent.name)


def make_team(name: str = "Repairs") -> int:
    with db.write() as session:
        team = Team(name=name)
        session.add(team)
        session.flush()
        return team.id


def ticket() -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, 1001)


def takers() -> list[int | None]:
    """Whom the timeline says it was given to."""
    with db.session() as session:
        events = session.scalars(select(Event).where(Event.kind == "ticket_changed").order_by(Event.id))
        return [event.after["assignee_id"] for event in events if "assignee_id" in event.after]


def test_the_first_who_takes_an_offered_ticket_has_it(desk: Desk) -> None:
    team = make_team()
    taking.offer(1001, team, desk.agent)
    agents = [hire(f"agent{number}", team) for number in range(6)]
    start, won, lost = threading.Barrier(len(agents)), [], []

    def take(by: Actor) -> None:
        start.wait()
        try:
            won.append((taking.take(1001, by), by.id))
        except TicketError as error:
            lost.append((error.code, error.params["name"]))

    threads = [threading.Thread(target=take, args=(by,)) for by in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ((_event, holder),) = won
    name = next(by.name for by in agents if by.id == holder)
    assert lost == [("taken", name)] * 5
    assert (ticket().assignee_id, ticket().offered_at) == (holder, None)
    assert takers() == [holder]


@pytest.fixture
def processes(tmp_path: Path, desk: Desk) -> Iterator[list[subprocess.Popen[str]]]:
    with ExitStack() as ended:
        yield [
            ended.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", TAKE, str(tmp_path), str(by.id)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for by in (hire("anna"), hire("boris"))
        ]


def test_one_of_two_processes_gets_it(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in processes)
    assert said == ["has it", "taken"]
    assert len(takers()) == 1


def test_taking_it_twice_is_taking_it_once(desk: Desk) -> None:
    assert taking.take(1001, desk.agent)
    assert taking.take(1001, desk.agent) == 0


def test_it_is_handed_over_with_a_note(desk: Desk) -> None:
    anna = hire("anna")
    for _press in range(2):
        taking.hand_over(1001, Receiver("agent", anna.id or 0), desk.agent, "She wants a receipt", "a" * 32)
    assert ticket().assignee_id == anna.id
    (note,) = [message for message in desk.messages(1001) if message.kind == "note"]
    assert (note.text, note.agent_id) == ("She wants a receipt", desk.agent.id)


def test_no_note_is_left_when_there_is_nobody_to_get_it(desk: Desk) -> None:
    with pytest.raises(TicketError, match="no_agent"):
        taking.hand_over(1001, Receiver("agent", 999), desk.agent, "For you")
    with pytest.raises(TicketError, match="no_team"):
        taking.hand_over(1001, Receiver("team", 999), desk.agent, "For you")
    assert [message.kind for message in desk.messages(1001)] == ["incoming"]


def test_a_team_gets_it_and_nobody_has_it(desk: Desk) -> None:
    team = make_team()
    taking.take(1001, desk.agent)
    taking.hand_over(1001, Receiver("team", team), desk.agent)
    assert (ticket().team_id, ticket().assignee_id, ticket().offered_at) == (team, None, None)


def test_an_offer_to_a_team_is_marked_until_somebody_takes_it(desk: Desk) -> None:
    team = make_team()
    taking.take(1001, desk.agent)
    taking.offer(1001, team, desk.agent)
    assert (ticket().team_id, ticket().assignee_id) == (team, None)
    assert ticket().offered_at is not None
    assert taking.offer(1001, team, hire("anna", team)) == 0
    taking.take(1001, hire("boris", team))
    assert ticket().offered_at is None


def test_who_has_given_it_away_may_take_that_back_without_seeing_it(desk: Desk) -> None:
    event = taking.offer(1001, make_team(), desk.agent)
    with pytest.raises(TicketError, match="not_found"):
        taking.take(1001, desk.agent)
    fact_undoing.undo(1001, event, desk.agent)
    assert (ticket().team_id, ticket().offered_at) == (None, None)


def test_what_a_colleague_has_taken_is_not_taken_back(desk: Desk) -> None:
    team = make_team()
    event = taking.offer(1001, team, desk.agent)
    anna = hire("anna", team)
    taking.take(1001, anna)
    with pytest.raises(TicketError, match="changed_since"):
        fact_undoing.undo(1001, event, desk.agent)
    with pytest.raises(TicketError, match="not_found"):
        fact_undoing.undo(1001, event, anna)
    assert ticket().assignee_id == anna.id


def test_the_first_reply_takes_it_and_that_can_be_taken_back(desk: Desk) -> None:
    taking.offer(1001, make_team(), Actor("agent", desk.agent.id, "owner", "Olga"))
    owner = Actor("agent", desk.agent.id, "owner", "Olga")
    offered = ticket().offered_at
    first = outbox.reply(1001, owner, "Hello")
    assert (ticket().assignee_id, ticket().offered_at) == (owner.id, None)
    event = taking.taken_by_reply(first, owner)
    assert taking.taken_by_reply(outbox.reply(1001, owner, "Still there?"), owner) == 0
    fact_undoing.undo(1001, event, owner)
    assert (ticket().assignee_id, ticket().offered_at) == (None, offered)


def test_given_back_it_is_anybodys(desk: Desk) -> None:
    taking.take(1001, desk.agent)
    taking.release(1001, desk.agent)
    assert (ticket().assignee_id, ticket().offered_at) == (None, None)
    assert taking.release(1001, desk.agent) == 0
