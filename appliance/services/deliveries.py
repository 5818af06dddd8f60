"""Deliveries claimed, settled and swept: the database says what is still to be sent, and by whom.

Deliveries of one address leave in the order of their ids; one that is parked or failed lets the next pass, one that
waits to be tried again does not. A claim belongs to a process instance; what a dead one left, or a living one dropped
because it could not write down how it ended (a full disk), is recovered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, Delivery, DeliveryPiece, Message, now
from appliance.services import instance, wire
from appliance.values import Piece

ACTIVE = ("queued", "sending")
DROPPED_WAIT = 5.0

# The deliveries this process works on now.
_in_hand: set[int] = set()


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours to send now; `pieces` are those not sent yet, as (row id, piece)."""

    id: int
    message_id: int
    address_id: int
    connection_id: int
    address: str
    attempt: int
    pieces: tuple[tuple[int, Piece], ...]
    purpose: str = "send"


def claim(address_id: int) -> Claim | None:
    """The address's next delivery, if it may leave now. Its first piece is marked as being sent."""
    with db.write() as session:
        address = session.get(Address, address_id)
        connection = session.get(Connection, address.connection_id) if address else None
        if address is None or connection is None or not connection.enabled or _paused(address, connection):
            return None
        delivery = _next(session, address_id)
        if delivery is None or ((due := _due(delivery)) is not None and due > now()):
            return None
        delivery.state, delivery.lease_owner = "sending", instance.me()
        delivery.attempts += 1
        delivery.next_try_at = None
        rows = _waiting(session, delivery.id)
        feed_state(session, delivery)
        if rows:
            _begin(rows[0])
        _in_hand.add(delivery.id)
        return Claim(
            delivery.id,
            delivery.message_id,
            address_id,
            connection.id,
            address.external_id,
            delivery.attempts,
            tuple((row.id, _piece(row)) for row in rows),
            delivery.purpose,
        )


def postpone(address_id: int, seconds: float) -> bool:
    """Have the address's next delivery wait a little; False when there is none that could leave now."""
    with db.write() as session:
        delivery = _next(session, address_id)
        if delivery is None or ((due := _due(delivery)) is not None and due > now()):
            return False
        delivery.next_try_at = now() + timedelta(seconds=seconds)
        return True


def let_go(claim: Claim) -> None:
    """Nobody works on it any more, however it ended."""
    _in_hand.discard(claim.id)


def connection_of(session: Session, address_id: int) -> Connection | None:
    """The connection an address belongs to."""
    query = select(Connection).join(Address, Address.connection_id == Connection.id)
    return session.scalar(query.where(Address.id == address_id))


def due_addresses(limit: int = 200) -> list[int]:
    """Addresses with something to send now or left behind by a dead process: what the sweep wakes."""
    moment = now()
    with db.session() as session:
        queued = (
            select(Delivery.address_id)
            .join(Connection, Connection.id == Delivery.connection_id)
            .join(Address, Address.id == Delivery.address_id)
            .where(Delivery.state == "queued", Connection.enabled)
            .where(or_(Delivery.next_try_at.is_(None), Delivery.next_try_at <= moment))
            .where(or_(Delivery.not_before.is_(None), Delivery.not_before <= moment))
            .where(or_(Connection.paused_until.is_(None), Connection.paused_until <= moment))
            .where(or_(Address.paused_until.is_(None), Address.paused_until <= moment))
            .distinct()
            .limit(limit)
        )
        found = list(session.scalars(queued))
        sending = list(session.scalars(select(Delivery).where(Delivery.state == "sending")))
    found += [delivery.address_id for delivery in sending if not _is_held(delivery)]
    return list(dict.fromkeys(found))


def feed_state(session: Session, delivery: Delivery) -> None:
    """Tell open pages how a delivery stands now."""
    message = session.get(Message, delivery.message_id)
    feed.append(
        session,
        "delivery_changed",
        ticket=message.ticket_id if message else None,
        message=delivery.message_id,
        after={"delivery": delivery.id, "state": delivery.state, "code": delivery.error_code},
    )


def _next(session: Session, address_id: int) -> Delivery | None:
    """The oldest delivery still under way, after settling what a dead process left."""
    query = select(Delivery).where(Delivery.address_id == address_id, Delivery.state.in_(ACTIVE)).order_by(Delivery.id)
    for delivery in session.scalars(query):
        if delivery.state == "sending":
            if _is_held(delivery):
                return None
            _recover(session, delivery)
            if delivery.state != "queued":
                continue
        return delivery
    return None


def _is_held(delivery: Delivery) -> bool:
    if delivery.lease_owner == instance.me():
        return delivery.id in _in_hand
    return instance.alive(delivery.lease_owner)


def _recover(session: Session, delivery: Delivery) -> None:
    """Nobody holds it any more: pieces that cannot have left wait again, the others may have arrived. A change at the
    customer's end may happen twice: it just happens again."""
    rows = session.scalars(
        select(DeliveryPiece).where(DeliveryPiece.delivery_id == delivery.id, DeliveryPiece.state == "sending")
    )
    uncertain = False
    for row in rows:
        if delivery.purpose != "send" or wire.certainly_not_sent(row.id, delivery.attempts, delivery.lease_owner):
            row.state = "waiting"
        else:
            row.state, uncertain = "uncertain", True
    delivery.state = "uncertain" if uncertain else "queued"
    delivery.error_code = "interrupted" if uncertain else ""
    if delivery.lease_owner == instance.me():
        # What made us drop it may last: no haste.
        delivery.next_try_at = now() + timedelta(seconds=DROPPED_WAIT)
    delivery.lease_owner = ""
    feed_state(session, delivery)


def _paused(address: Address, connection: Connection) -> bool:
    moment = now()
    pauses = (address.paused_until, connection.paused_until)
    return any(until is not None and until > moment for until in pauses)


def _due(delivery: Delivery) -> datetime | None:
    times = [moment for moment in (delivery.next_try_at, delivery.not_before) if moment is not None]
    return max(times) if times else None


def _waiting(session: Session, delivery_id: int) -> list[DeliveryPiece]:
    query = select(DeliveryPiece).where(DeliveryPiece.delivery_id == delivery_id, DeliveryPiece.state == "waiting")
    return list(session.scalars(query.order_by(DeliveryPiece.position)))


def _begin(row: DeliveryPiece) -> None:
    row.state, row.started_at = "sending", now()


def _piece(row: DeliveryPiece) -> Piece:
    return Piece(row.kind, row.payload, tuple(row.parts), {name: int(number) for name, number in row.files.items()})
