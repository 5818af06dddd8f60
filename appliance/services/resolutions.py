"""What a person decides about a delivery that did not simply arrive: again, leave it, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Address, Delivery, DeliveryPiece, Message, Ticket, now
from appliance.services import reply_effects
from appliance.services.deliveries import feed_state
from appliance.services.letters import OutboxError
from appliance.services.visibility import visible_to
from appliance.values import Actor

OPEN_TO_RETRY = ("failed", "uncertain", "blocked", "queued")


@contextmanager
def _opened(delivery_id: int, by: Actor) -> Iterator[tuple[Session, Delivery]]:
    with db.write() as session:
        query = (
            select(Delivery)
            .join(Message, Message.id == Delivery.message_id)
            .join(Ticket, Ticket.id == Message.ticket_id)
            .where(Delivery.id == delivery_id, visible_to(by))
        )
        delivery = session.scalar(query)
        if delivery is None:
            raise OutboxError("not_found")
        yield session, delivery


def retry(delivery_id: int, by: Actor) -> None:
    """Send again what failed or may have arrived; a waiting one is tried at once."""
    with _opened(delivery_id, by) as (session, delivery):
        if delivery.state not in OPEN_TO_RETRY:
            return
        session.execute(
            update(DeliveryPiece)
            .where(DeliveryPiece.delivery_id == delivery_id, DeliveryPiece.state.in_(("failed", "uncertain")))
            .values(state="waiting")
        )
        delivery.not_before = None
        held = _held_by_messenger(session, delivery)
        if not held:
            session.get_one(Address, delivery.address_id).paused_until = None
        if not held or delivery.state != "queued":
            delivery.state, delivery.error_code, delivery.error_params = "queued", "", {}
            delivery.next_try_at = None
        _decided(session, delivery, by, "retry")
    queue.wake("deliver", delivery.address_id, priority=10)


def leave(delivery_id: int, by: Actor) -> None:
    """It may have arrived, and that is good enough."""
    with _opened(delivery_id, by) as (session, delivery):
        if delivery.state in ("uncertain", "failed", "blocked"):
            delivery.state = "left"
            _decided(session, delivery, by, "leave")


def cancel(delivery_id: int, by: Actor) -> bool:
    """Take back what has not begun to leave; False when it was too late."""
    with _opened(delivery_id, by) as (session, delivery):
        started = session.scalar(
            select(DeliveryPiece.id)
            .where(DeliveryPiece.delivery_id == delivery_id, DeliveryPiece.state.in_(("sending", "sent", "uncertain")))
            .limit(1)
        )
        if delivery.purpose != "send" or delivery.state != "queued" or started is not None:
            return False
        delivery.state = "cancelled"
        session.flush()
        reply_effects.put_back(session, session.get_one(Message, delivery.message_id), by)
        _decided(session, delivery, by, "cancel")
        return True


def _held_by_messenger(session: Session, delivery: Delivery) -> bool:
    """Whether the messenger itself has asked for the pause (outcomes.hold gives both the same end): no person's
    haste shortens it. A rest after a time-out is ours, and can be ended."""
    held = (
        select(Delivery.id)
        .join(Address, Address.id == Delivery.address_id)
        .where(Delivery.address_id == delivery.address_id, Delivery.state == "queued")
        .where(Delivery.next_try_at == Address.paused_until, Address.paused_until > now())
    )
    return session.scalar(held.limit(1)) is not None


def _decided(session: Session, delivery: Delivery, by: Actor, decision: str) -> None:
    feed_state(session, delivery)
    message = session.get_one(Message, delivery.message_id)
    feed.append(
        session, "delivery_decided", by=by, ticket=message.ticket_id, message=message.id, after={"decision": decision}
    )
