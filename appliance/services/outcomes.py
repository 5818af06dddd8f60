"""How a send ended, written down in one place: what is retried, what waits, what is parked for a person."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.db import upsert
from appliance.models import (
    Address,
    Connection,
    Delivery,
    DeliveryPiece,
    Message,
    MessageRef,
    Part,
    RemoteCopy,
    now,
)
from appliance.services import people
from appliance.services.deliveries import Claim, feed_state
from appliance.values import Piece, SendError, Sent

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
REVOKED_WAIT = 60.0
# A send that took this many seconds and is uncertain was no broken line: nobody answered.
HANGING = 1.0
LONGEST_REST = 300.0
REMEMBERED = timedelta(minutes=10)


def sent(claim: Claim, piece_id: int, piece: Piece, result: Sent, next_piece: int | None) -> None:
    """One piece arrived; the next one begins, or the delivery is done."""
    with db.write() as session:
        row = session.get_one(DeliveryPiece, piece_id)
        row.state, row.sent_at = "sent", now()
        _remember(session, claim, piece, result)
        if next_piece is not None:
            following = session.get_one(DeliveryPiece, next_piece)
            following.state, following.started_at = "sending", now()
            return
        _arrived(session, claim)


def too_early(claim: Claim, piece_id: int, seconds: float) -> None:
    """The messenger's pace has no room yet, or a file is not ready. This was no attempt; open pages need not know."""
    with db.write() as session:
        delivery = session.get_one(Delivery, claim.id)
        delivery.lease_owner = ""
        delivery.attempts -= 1
        _again(session.get_one(DeliveryPiece, piece_id), delivery, now() + timedelta(seconds=seconds))


def nothing_left(claim: Claim) -> None:
    """Every piece had gone before, only the last word was missing."""
    with db.write() as session:
        _arrived(session, claim)


def failed(claim: Claim, piece_id: int, error: SendError) -> None:
    """One piece did not arrive, or nobody knows. Decides between again, later, parked and given up."""
    with db.write() as session:
        row = session.get_one(DeliveryPiece, piece_id)
        delivery = session.get_one(Delivery, claim.id)
        delivery.error_code, delivery.error_params = error.code, dict(error.params)
        delivery.lease_owner = ""
        if error.uncertain and delivery.purpose == "send":
            _park(session, row, delivery)
        elif error.uncertain:
            # A change at the customer's end may happen twice.
            _doubt(session, delivery)
            _again(row, delivery, now() + timedelta(seconds=_backoff(delivery.attempts)))
        elif error.moved_to:
            people.move(session, session.get_one(Address, claim.address_id), error.moved_to)
            _again(row, delivery, now())
        elif error.retry_after is not None:
            _again(row, delivery, _hold(session, delivery, error))
        elif error.scope == "connection" and error.permanent:
            _trouble(session, delivery, error)
            _again(row, delivery, now() + timedelta(seconds=REVOKED_WAIT))
        elif error.permanent:
            _give_up(session, row, delivery, error)
        else:
            _again(row, delivery, now() + timedelta(seconds=_backoff(delivery.attempts)))
        feed_state(session, delivery)


def certain_again(connection_id: int) -> None:
    """The messenger answers after a time-out: sending goes on."""
    with db.write() as session:
        session.execute(update(Connection).where(Connection.id == connection_id).values(unsure_since=None))


def pause(connection_id: int, seconds: float) -> None:
    """Nothing of this connection leaves for a while."""
    with db.write() as session:
        until = now() + timedelta(seconds=seconds)
        session.execute(update(Connection).where(Connection.id == connection_id).values(paused_until=until))


def _arrived(session: Session, claim: Claim) -> None:
    delivery = session.get_one(Delivery, claim.id)
    delivery.state, delivery.sent_at, delivery.error_code, delivery.lease_owner = "sent", now(), "", ""
    if delivery.purpose == "delete":
        message = session.get_one(Message, delivery.message_id)
        message.deleted_at = message.deleted_at or now()
    feed_state(session, delivery)


def _backoff(attempts: int) -> float:
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts - 1, 8))
    return wait * random.uniform(0.75, 1.25)  # noqa: S311  (spreads retries, keeps no secret)


def _again(row: DeliveryPiece, delivery: Delivery, when: datetime) -> None:
    row.state, delivery.state, delivery.next_try_at = "waiting", "queued", when


def _park(session: Session, row: DeliveryPiece, delivery: Delivery) -> None:
    row.state, delivery.state = "uncertain", "uncertain"
    _doubt(session, delivery)
    _rest_after_time_out(session, row, delivery)


def _doubt(session: Session, delivery: Delivery) -> None:
    """Nothing of this connection leaves before the messenger has answered a harmless question."""
    connection = session.get_one(Connection, delivery.connection_id)
    connection.unsure_since = connection.unsure_since or now()


def _rest_after_time_out(session: Session, row: DeliveryPiece, delivery: Delivery) -> None:
    """A messenger may answer questions while its sends hang: what comes next at this address waits twice as long as
    this send took, and longer each time, or every message of a chat would end as uncertain one after another."""
    moment = now()
    took = (moment - (row.started_at or moment)).total_seconds()
    if took < HANGING:
        return
    lately = select(func.count()).select_from(DeliveryPiece).join(Delivery, Delivery.id == DeliveryPiece.delivery_id)
    lately = lately.where(Delivery.address_id == delivery.address_id, DeliveryPiece.state == "uncertain")
    times = session.scalar(lately.where(DeliveryPiece.started_at > moment - REMEMBERED)) or 1
    rest = min(LONGEST_REST, took * 2.0 ** min(times, 8))
    session.get_one(Address, delivery.address_id).paused_until = moment + timedelta(seconds=rest)


def _hold(session: Session, delivery: Delivery, error: SendError) -> datetime:
    """The messenger asks for a pause, and gets it: for the chat; for the whole connection when it says so, or when a
    second chat is told the same while the first still waits. Answers until when."""
    until = now() + timedelta(seconds=error.retry_after or 0)
    connection = session.get_one(Connection, delivery.connection_id)
    if error.scope == "connection" or _others_held(session, delivery, error):
        connection.paused_until = max(until, connection.paused_until or until)
    session.get_one(Address, delivery.address_id).paused_until = until
    return until


def _others_held(session: Session, delivery: Delivery, error: SendError) -> bool:
    query = (
        select(Delivery.id)
        .join(Address, Address.id == Delivery.address_id)
        .where(Delivery.connection_id == delivery.connection_id, Delivery.address_id != delivery.address_id)
        .where(Delivery.state == "queued", Delivery.error_code == error.code)
        .where(Delivery.next_try_at == Address.paused_until, Address.paused_until > now())
    )
    return session.scalar(query.limit(1)) is not None


def _trouble(session: Session, delivery: Delivery, error: SendError) -> None:
    connection = session.get_one(Connection, delivery.connection_id)
    connection.paused_until = now() + timedelta(seconds=REVOKED_WAIT)
    if connection.trouble_code != error.code:
        connection.trouble_code, connection.trouble_params = error.code, dict(error.params)
        connection.trouble_since = now()
        feed.append(session, "connection_changed", after={"connection": connection.id, "trouble": error.code})


def _give_up(session: Session, row: DeliveryPiece, delivery: Delivery, error: SendError) -> None:
    row.state = "failed"
    delivery.state = "blocked" if error.code == "blocked" else "failed"
    if delivery.purpose == "delete":
        # The customer still sees it.
        session.get_one(Message, delivery.message_id).deleted_at = None
    if error.code == "blocked":
        people.block(session, session.get_one(Address, delivery.address_id), True)


def _remember(session: Session, claim: Claim, piece: Piece, result: Sent) -> None:
    """References for edits, replies and reactions; remote ids for sending the same file again."""
    parts = {part.position: part for part in session.scalars(select(Part).where(Part.message_id == claim.message_id))}
    for position, reference in result.references:
        part = parts.get(position)
        statement = upsert(MessageRef).values(
            connection_id=claim.connection_id,
            chat=reference.chat,
            external_id=reference.message,
            message_id=claim.message_id,
            part_id=part.id if part else None,
        )
        session.execute(statement.on_conflict_do_nothing())
    for reference in result.gone:
        # It still says what a late reply to it means, but no longer carries words.
        session.execute(
            update(MessageRef)
            .where(MessageRef.connection_id == claim.connection_id, MessageRef.message_id == claim.message_id)
            .where(MessageRef.chat == reference.chat, MessageRef.external_id == reference.message)
            .values(part_id=None)
        )
    for position, remote_id in result.remote_ids.items():
        part = parts.get(position)
        if part is not None and part.file_id is not None:
            copy = {
                "file_id": part.file_id,
                "connection_id": claim.connection_id,
                "kind": part.kind,
                "remote_id": remote_id[:255],
            }
            # The messenger may have forgotten the old one: what it says now counts.
            statement = upsert(RemoteCopy).values(**copy)
            unique = ["file_id", "connection_id", "kind"]
            session.execute(
                statement.on_conflict_do_update(index_elements=unique, set_={"remote_id": copy["remote_id"]})
            )
