"""A reply that finishes or snoozes its ticket does both or neither; taken back, it takes back both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Delivery, Ticket, now
from appliance.services import outbox, resolutions, tickets
from appliance.services.letters import OutboxError, Then
from appliance.services.tickets import TicketError
from tests.unit.services.conftest import Desk

DONE = Then("done")


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def row(number: int = 1001) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def take_back(desk: Desk) -> None:
    with db.session() as session:
        delivery = session.scalar(select(Delivery.id).order_by(Delivery.id.desc()).limit(1))
    assert resolutions.cancel(delivery or 0, desk.agent)


def standing(ticket: Ticket) -> tuple[object, ...]:
    return (
        ticket.stage,
        ticket.outcome,
        ticket.snoozed_until,
        ticket.done_at,
        ticket.waiting_for,
        ticket.waiting_since,
        ticket.answered_at,
        ticket.last_reply_at,
        ticket.assignee_id,
    )


@pytest.mark.parametrize("then", [Then(), DONE, Then("snoozed", now() + timedelta(hours=1))])
def test_taken_back_in_time_the_ticket_stands_as_before(desk: Desk, ticket: int, then: Then) -> None:
    before = standing(row())
    outbox.reply(ticket, desk.agent, "Here you are", undo_seconds=20, then=then)
    assert row().stage == (then.stage or "open")
    assert standing(row()) != before
    take_back(desk)
    assert standing(row()) == before


def test_what_somebody_did_meanwhile_stays(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "Here you are", undo_seconds=20, then=DONE)
    tickets.reopen(ticket, desk.agent)
    tickets.finish(ticket, "rejected", desk.agent)
    take_back(desk)
    assert (row().stage, row().outcome) == ("done", "rejected")


def test_a_customer_who_wrote_meanwhile_still_waits(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "Here you are", undo_seconds=20)
    desk.write({"chat": 7, "id": 2, "text": "And the other one?"})
    since = row().waiting_since
    take_back(desk)
    assert (row().waiting_for, row().waiting_since) == ("us", since)


def test_a_reply_that_is_refused_changes_no_stage(desk: Desk, ticket: int) -> None:
    with pytest.raises(OutboxError):
        outbox.reply(ticket, desk.agent, "The [[model]]", then=DONE)
    assert row().stage == "open"


def test_a_stage_that_is_refused_sends_nothing(desk: Desk, ticket: int) -> None:
    with pytest.raises(TicketError) as refused:
        outbox.reply(ticket, desk.agent, "Later", then=Then("snoozed", now() - timedelta(hours=1)))
    assert refused.value.code == "bad_time"
    assert [message.kind for message in desk.messages(ticket)] == ["incoming"]
    with db.session() as session:
        assert session.scalars(select(Delivery)).all() == []
