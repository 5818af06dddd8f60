"""One thing done to many tickets, and taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Agent, BulkItem, BulkJob, Event, Team, Ticket, now
from appliance.services import bulk, bulk_progress, tickets
from appliance.services.bulk import BulkError
from appliance.services.filters import Filters
from appliance.values import Actor
from tests.unit.services.conftest import Desk


def write(desk: Desk, number: int) -> list[int]:
    """So many tickets that wait for us; their numbers."""
    desk.write(*({"chat": chat, "id": 1, "text": "help"} for chat in range(1, number + 1)))
    return [ticket.id for ticket in desk.tickets()]


def work(by: Actor, action: str, chosen: Sequence[int] | Filters, **params: object) -> int:
    job = bulk.start(by, action, params, chosen)
    bulk.run(job)
    return job


def stages(desk: Desk) -> list[str]:
    return [ticket.stage for ticket in desk.tickets()]


def test_all_of_a_filter_is_done_in_batches_and_taken_back_by_one_undo(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    write(desk, 7)
    before = [(ticket.stage, ticket.waiting_for, ticket.waiting_since, ticket.done_at) for ticket in desk.tickets()]
    job = work(desk.agent, "finish", Filters("waiting"), outcome="no_answer")
    assert stages(desk) == ["done"] * 7
    assert bulk_progress.of(job, desk.agent).changed == 7
    bulk.undo(job, desk.agent)
    bulk.run(job)
    after = [(ticket.stage, ticket.waiting_for, ticket.waiting_since, ticket.done_at) for ticket in desk.tickets()]
    assert after == before
    told = bulk_progress.of(job, desk.agent)
    assert (told.state, told.undone, told.left_out) == ("undone", 7, 0)


def test_each_change_stands_in_the_timeline_with_who_did_it(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    work(desk.agent, "finish", [ticket], outcome="solved")
    with db.session() as session:
        query = select(Event).where(Event.ticket_id == ticket, Event.kind == "ticket_changed")
        last = session.scalars(query.order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.actor_id, last.after["stage"]) == (desk.agent.id, "done")


def test_what_had_nothing_to_change_is_named(desk: Desk) -> None:
    first, second = write(desk, 2)
    tickets.finish(first, "solved", desk.agent)
    told = bulk_progress.of(work(desk.agent, "finish", [first, second], outcome="rejected"), desk.agent)
    assert told.changed == 1
    assert [(group.reason, group.number, group.tickets) for group in told.skipped] == [("same", 1, (first,))]
    assert desk.tickets()[0].outcome == "solved"


def test_rights_are_looked_at_when_a_tickets_turn_comes(desk: Desk) -> None:
    first, second = write(desk, 2)
    job = bulk.start(desk.agent, "finish", {"outcome": "solved"}, [first, second])
    with db.write() as session:
        session.add(Team(id=4, name="Accounts"))
        session.flush()
        session.execute(update(Ticket).where(Ticket.id == first).values(team_id=4))
    bulk.run(job)
    assert stages(desk) == ["open", "done"]
    assert bulk_progress.of(job, desk.agent).skipped[0].reason == "not_found"


def test_what_the_agent_may_not_see_is_not_even_chosen(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    with db.write() as session:
        session.add(Team(id=4, name="Accounts"))
        session.flush()
        session.execute(update(Ticket).values(team_id=4))
    for chosen in ([ticket], Filters("all")):
        with pytest.raises(BulkError, match="no_tickets"):
            bulk.start(desk.agent, "trash", {}, chosen)


def test_a_ticket_with_open_subtasks_is_left_to_those_who_know_it(desk: Desk) -> None:
    first, second = write(desk, 2)
    with db.write() as session:
        session.execute(update(Ticket).where(Ticket.id == second).values(parent_id=first))
    told = bulk_progress.of(work(desk.agent, "finish", [first], outcome="solved"), desk.agent)
    assert [group.reason for group in told.skipped] == ["open_subtasks"]
    assert stages(desk) == ["open", "open"]


def test_subtasks_are_finished_with_their_tickets_and_opened_again_by_the_undo(desk: Desk) -> None:
    first, second, third = write(desk, 3)
    with db.write() as session:
        session.execute(update(Ticket).where(Ticket.id == second).values(parent_id=first))
    assert bulk.with_open_subtasks(desk.agent, [first, third]) == 1
    assert bulk.with_open_subtasks(desk.agent, Filters("waiting")) == 1
    job = work(desk.agent, "finish", [first, third], outcome="solved", subtasks="finish")
    assert stages(desk) == ["done", "done", "done"]
    bulk.undo(job, desk.agent)
    bulk.run(job)
    assert stages(desk) == ["open", "open", "open"]
    work(desk.agent, "finish", [first], outcome="solved", subtasks="leave")
    assert stages(desk) == ["done", "open", "open"]


def test_a_job_of_somebody_who_has_left_changes_nothing(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    job = bulk.start(desk.agent, "trash", {}, [ticket])
    with db.write() as session:
        session.get_one(Agent, desk.agent.id).active = False
    bulk.run(job)
    assert desk.tickets()[0].shelf == "none"


def test_a_killed_job_goes_on_where_it_stood(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    write(desk, 5)
    job = bulk.start(desk.agent, "finish", {"outcome": "solved"}, Filters("waiting"))
    assert bulk._do_batch(job)
    assert stages(desk).count("done") == 2
    assert bulk.unfinished() == [job]
    bulk.run(job)
    assert stages(desk) == ["done"] * 5
    assert bulk.unfinished() == []


def test_an_undo_in_the_middle_stops_the_job(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    write(desk, 5)
    job = bulk.start(desk.agent, "finish", {"outcome": "solved"}, Filters("waiting"))
    bulk._do_batch(job)
    bulk.undo(job, desk.agent)
    bulk.run(job)
    assert stages(desk) == ["open"] * 5


def test_what_somebody_changed_since_stays_as_they_left_it(desk: Desk) -> None:
    first, second = write(desk, 2)
    job = work(desk.agent, "finish", [first, second], outcome="solved")
    tickets.reopen(first, desk.agent)
    tickets.snooze(first, now() + timedelta(hours=1), desk.agent)
    bulk.undo(job, desk.agent)
    bulk.run(job)
    assert stages(desk) == ["snoozed", "open"]
    assert bulk_progress.of(job, desk.agent).skipped[0].reason == "changed_since"


@pytest.mark.parametrize(
    ("action", "params", "column", "value"),
    [
        ("assign", {"agent": 1}, "assignee_id", 1),
        ("team", {"team": 4}, "team_id", 4),
        ("snooze", {"until": (now() + timedelta(hours=1)).isoformat()}, "stage", "snoozed"),
        ("spam", {}, "shelf", "spam"),
        ("trash", {}, "shelf", "trash"),
    ],
)
def test_every_action_can_be_taken_back(
    desk: Desk, action: str, params: dict[str, object], column: str, value: object
) -> None:
    (ticket,) = write(desk, 1)
    with db.write() as session:
        session.add(Team(id=4, name="Accounts", closed=False))
    before = getattr(desk.tickets()[0], column)
    job = work(desk.agent, action, [ticket], **params)
    assert getattr(desk.tickets()[0], column) == value
    bulk.undo(job, desk.agent)
    bulk.run(job)
    assert getattr(desk.tickets()[0], column) == before


def test_tags_come_and_go(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    put = work(desk.agent, "tag", [ticket], tags=["invoice", "VIP"])
    work(desk.agent, "untag", [ticket], tags=["vip"])
    bulk.undo(put, desk.agent)
    bulk.run(put)
    with db.session() as session:
        kept = session.scalars(select(BulkItem.state).where(BulkItem.job_id == put)).one()
    assert kept == "undone"


def test_a_job_is_its_owners_alone(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    job = work(desk.agent, "trash", [ticket])
    other = Actor("agent", 77, "owner")
    for attempt in (lambda: bulk.undo(job, other), lambda: bulk_progress.of(job, other)):
        with pytest.raises(BulkError, match="not_found"):
            attempt()


def test_old_jobs_are_forgotten(desk: Desk) -> None:
    (ticket,) = write(desk, 1)
    job = work(desk.agent, "trash", [ticket])
    with db.write() as session:
        session.get_one(BulkJob, job).ended_at = now() - timedelta(days=60)
    bulk.prune()
    with pytest.raises(BulkError):
        bulk_progress.of(job, desk.agent)
