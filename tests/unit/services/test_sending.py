"""Replies leave in order, once, and end in a clear state."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from appliance import db
from appliance.models import Address, Connection, Delivery, DeliveryPiece, MessageRef, now
from appliance.services import (
    answering,
    connections,
    deliveries,
    instance,
    outbox,
    resolutions,
    sending,
    wire,
)
from appliance.values import SendError
from tests.unit.services.conftest import Desk


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def address_id() -> int:
    with db.session() as session:
        return session.scalars(select(Address.id)).one()


def states() -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(Delivery.state).order_by(Delivery.id)))


def test_a_reply_arrives_and_turns_the_ticket(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "Is the green lamp on?")
    sending.deliver(address_id())
    assert desk.outside.sent == [("7", "Is the green lamp on?")]
    assert states() == ["sent"]
    (row,) = desk.tickets()
    assert (row.waiting_for, row.assignee_id) == ("customer", desk.agent.id)


def test_a_note_makes_no_delivery(desk: Desk, ticket: int) -> None:
    outbox.note(ticket, desk.agent, "Ask the shop first")
    sending.deliver(address_id())
    assert desk.outside.sent == []
    assert states() == []
    assert desk.tickets()[0].waiting_for == "us"


def test_an_empty_reply_is_refused(desk: Desk, ticket: int) -> None:
    with pytest.raises(outbox.OutboxError, match="empty"):
        outbox.reply(ticket, desk.agent, "  \n ")


def test_the_pieces_of_a_long_message_leave_in_order_and_are_known(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "one|two|three")
    sending.deliver(address_id())
    assert [text for _, text in desk.outside.sent] == ["one", "two", "three"]
    with db.session() as session:
        assert len(session.scalars(select(MessageRef).where(MessageRef.external_id.like("90%"))).all()) == 3


def test_a_temporary_failure_holds_the_next_one_back(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("network")]
    outbox.reply(ticket, desk.agent, "first")
    outbox.reply(ticket, desk.agent, "second")
    sending.deliver(address_id())
    assert desk.outside.sent == []
    assert states() == ["queued", "queued"]
    with db.write() as session:
        session.execute(update(Delivery).values(next_try_at=None))
    sending.deliver(address_id())
    assert [text for _, text in desk.outside.sent] == ["first", "second"]


def test_a_permanent_failure_lets_the_next_one_pass(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("too_long", permanent=True)]
    outbox.reply(ticket, desk.agent, "first")
    outbox.reply(ticket, desk.agent, "second")
    sending.deliver(address_id())
    assert states() == ["failed", "sent"]


def test_an_uncertain_one_is_parked_until_a_person_decides(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("time_out", uncertain=True)]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    sending.deliver(address_id())
    assert states() == ["uncertain"]
    assert desk.outside.sent == []
    assert deliveries.due_addresses() == []
    resolutions.retry(1, desk.agent)
    sending.deliver(address_id())
    assert states() == ["sent"]


def test_an_uncertain_one_can_be_left(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("time_out", uncertain=True)]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    resolutions.leave(1, desk.agent)
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["left"], [])


def test_after_a_time_out_nothing_leaves_before_the_messenger_answers(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("time_out", uncertain=True)]
    outbox.reply(ticket, desk.agent, "first")
    outbox.reply(ticket, desk.agent, "second")
    sending.deliver(address_id())
    with db.session() as session:
        assert session.scalars(select(Connection.unsure_since)).one() is None
    assert states() == ["uncertain", "sent"]


def test_retry_after_is_honoured_for_the_chat(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("rate_limited", retry_after=30)]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    with db.session() as session:
        waits = (session.scalars(select(Address.paused_until)).one() or now()) - now()
    assert 25 < waits.total_seconds() <= 30
    assert deliveries.due_addresses() == []


def test_a_block_is_remembered_and_the_next_reply_refused(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("blocked", permanent=True)]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    assert states() == ["blocked"]
    with pytest.raises(outbox.OutboxError, match="blocked"):
        outbox.reply(ticket, desk.agent, "second")


def test_a_moved_chat_is_followed(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("migrated", permanent=True, moved_to="-1007")]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    sending.deliver(address_id())
    assert desk.outside.sent == [("-1007", "first")]


def test_a_revoked_token_keeps_the_message_waiting(desk: Desk, ticket: int) -> None:
    desk.outside.failures = [SendError("token_revoked", permanent=True, scope="connection")]
    outbox.reply(ticket, desk.agent, "first")
    sending.deliver(address_id())
    assert states() == ["queued"]
    with db.session() as session:
        assert session.scalars(select(Connection.trouble_code)).one() == "token_revoked"


def test_an_undo_within_the_window_sends_nothing(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "oops", undo_seconds=30)
    sending.deliver(address_id())
    assert resolutions.cancel(1, desk.agent)
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["cancelled"], [])


def dead_owner() -> str:
    code = "from appliance.services import instance; print(instance.me())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def leave_sending(owner: str) -> int:
    """A delivery as a killed worker leaves it; the piece's id."""
    with db.write() as session:
        delivery = session.scalars(select(Delivery)).one()
        delivery.state, delivery.lease_owner, delivery.attempts = "sending", owner, 1
        piece = session.scalars(select(DeliveryPiece)).one()
        piece.state = "sending"
        return piece.id


def test_what_a_killed_worker_had_not_begun_to_send_is_sent(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    wire.note(0, 1)  # the folder is there; the dead one never wrote a line
    leave_sending(dead_owner())
    assert deliveries.due_addresses() == [address_id()]
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["sent"], [("7", "hello")])


def test_what_a_killed_worker_may_have_sent_is_parked(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    owner = dead_owner()
    piece = leave_sending(owner)
    wire.note(0, 1)
    (wire._path(owner)).write_text(f"{piece}:1\n")
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["uncertain"], [])


def test_notes_of_the_wire_are_kept_until_the_delivery_is_judged_by_them(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    owner = dead_owner()
    piece = leave_sending(owner)
    wire.note(0, 1)
    (wire._path(owner)).write_text(f"{piece}:1\n")
    wire.tidy()
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["uncertain"], [])
    wire.tidy()
    assert [path.name for path in wire._path(owner).parent.iterdir()] == [instance.me()]


def test_after_a_reboot_nobody_knows(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    leave_sending("0123456789ab-1-1")
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["uncertain"], [])


def test_a_living_workers_delivery_is_left_alone(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    code = "from appliance.services import instance; print(instance.me(), flush=True); input()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        leave_sending(other.stdout.readline().strip())
        sending.deliver(address_id())
        other.communicate("\n", 10)
    assert (states(), desk.outside.sent) == (["sending"], [])


def test_what_is_in_hand_is_not_taken_a_second_time(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    claim = deliveries.claim(address_id())
    assert claim is not None
    assert deliveries.due_addresses() == []
    assert deliveries.claim(address_id()) is None
    deliveries.let_go(claim)
    assert deliveries.due_addresses() == [address_id()]


def test_one_that_left_but_could_not_be_written_down_is_uncertain(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    full_disk = "CREATE TRIGGER full_disk BEFORE UPDATE OF sent_at ON delivery BEGIN SELECT RAISE(ABORT, 'full'); END"
    with db.write() as session:
        session.execute(text(full_disk))
    with pytest.raises(IntegrityError):
        sending.deliver(address_id())
    assert states() == ["sending"]
    with db.write() as session:
        session.execute(text("DROP TRIGGER full_disk"))
    assert deliveries.due_addresses() == [address_id()]
    sending.deliver(address_id())
    assert (states(), len(desk.outside.sent)) == (["uncertain"], 1)


def test_a_new_ticket_is_acknowledged_once_in_the_customers_language(desk: Desk, ticket: int) -> None:
    answering.follow()
    answering.follow()
    sending.deliver(address_id())
    assert len(desk.outside.sent) == 1
    assert "1001" in desk.outside.sent[0][1]


def move_to_channel(desk: Desk, name: str) -> None:
    """Its plugin is gone after a restart; or, under its own name, here again."""
    with db.write() as session:
        session.execute(update(Connection).values(channel=name))
    connections.forget(desk.connection_id)


def test_a_ticket_of_a_channel_that_is_gone_does_not_hold_up_the_answers(desk: Desk, ticket: int) -> None:
    move_to_channel(desk, "gone")
    assert answering.follow() > 0
    assert answering.follow() == 0


def test_a_reply_waits_until_its_channel_is_here_again(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "hello")
    move_to_channel(desk, "gone")
    sending.deliver(address_id())
    assert states() == ["queued"]
    move_to_channel(desk, "plain")
    sending.deliver(address_id())
    assert (states(), desk.outside.sent) == (["sent"], [("7", "hello")])


def test_a_start_greets_and_opens_no_ticket(desk: Desk) -> None:
    desk.write({"chat": 9, "id": 1, "text": "/start"})
    answering.follow()
    sending.deliver(address_id())
    assert (len(desk.outside.sent), desk.tickets()) == (1, [])
