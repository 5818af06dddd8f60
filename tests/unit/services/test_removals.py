"""What was sent is taken away, at the customer's end too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Delivery, Message, MessageVersion, now
from appliance.services import outbox, removals, resolutions, revisions
from appliance.values import SendError
from tests.unit.services.conftest import Desk
from tests.unit.services.sent_before import deliver, rows, say, ticket, view

__all__ = ["ticket"]


def test_a_message_is_taken_away_at_the_customers_end(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket, "one|two")
    assert view(desk, message_id).deletable
    removals.delete(message_id, desk.agent)
    deliver()
    assert [(what, number) for what, number, _ in desk.outside.changed] == [("delete", "9001"), ("delete", "9002")]
    shown = view(desk, message_id)
    assert (shown.deleted_at is not None, shown.editable, shown.deletable, shown.revision) == (True, False, False, None)
    with pytest.raises(outbox.OutboxError, match="deleted"):
        removals.delete(message_id, desk.agent)
    with db.session() as session:
        assert session.get_one(Message, message_id).text == "one|two"
        assert session.scalars(select(MessageVersion)).all() == []


def test_what_still_waits_is_not_sent_at_all(desk: Desk, ticket: int) -> None:
    message_id = outbox.reply(ticket, desk.agent, "oops", undo_seconds=60)
    removals.delete(message_id, desk.agent)
    deliver()
    assert (rows(), desk.outside.sent, desk.outside.changed) == ([("send", "cancelled")], [], [])
    assert view(desk, message_id).deleted_at is None


def test_after_the_messengers_time_nothing_is_taken_away(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    with db.write() as session:
        session.execute(update(Delivery).values(sent_at=now() - timedelta(hours=49)))
    with pytest.raises(outbox.OutboxError, match="too_old"):
        removals.delete(message_id, desk.agent)
    assert not view(desk, message_id).deletable
    desk.outside.can["delete_hours"] = 0
    assert view(desk, message_id).deletable


def test_a_removal_that_failed_says_that_the_customer_still_sees_it(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    removals.delete(message_id, desk.agent)
    desk.outside.failures = [SendError("refused", permanent=True)]
    deliver()
    shown = view(desk, message_id)
    assert shown.revision is not None
    assert (shown.deleted_at, shown.revision.state) == (None, "failed")
    resolutions.retry(shown.revision.id, desk.agent)
    deliver()
    assert view(desk, message_id).deleted_at is not None


def test_a_removal_takes_the_place_of_an_edit_that_failed(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    removals.delete(message_id, desk.agent)
    deliver()
    assert [what for what, _, _ in desk.outside.changed] == ["delete"]
