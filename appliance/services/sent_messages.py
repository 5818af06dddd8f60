"""A message of ours that was sent, opened to be changed or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance.models import Address, Delivery, DeliveryPiece, Message, Ticket
from appliance.services import connections, delivery_rows, revisable
from appliance.services.letters import OutboxError
from appliance.services.revisable import Standing
from appliance.services.visibility import visible_to
from appliance.values import Actor, Capabilities, Channel, Piece, PlanError

# A later change replaces those that have not begun; what failed must not bring old words back.
REPLACED = ("queued", "failed", "blocked")


@dataclass(frozen=True)
class SentMessage:
    """A message that may be touched, and all that is needed for it."""

    message: Message
    address: Address
    standing: Standing
    channel: Channel
    can: Capabilities


def open_sent(session: Session, message_id: int, by: Actor) -> SentMessage:
    """Raises OutboxError."""
    query = select(Message).join(Ticket, Ticket.id == Message.ticket_id)
    message = session.scalar(query.where(Message.id == message_id, visible_to(by)))
    if message is None:
        raise OutboxError("not_found")
    standing = revisable.standings(session, [message_id]).get(message_id)
    if standing is None:
        raise OutboxError("not_sent")
    can = connections.abilities(standing.connection_id)
    if can is None:
        raise OutboxError("no_connection")
    channel = connections.channel_of(standing.connection_id)
    return SentMessage(message, session.get_one(Address, standing.address_id), standing, channel, can)


def check_still(session: Session, sent: SentMessage, by: Actor) -> None:
    """Between reading and writing it may have begun to leave, or been changed by a colleague. Raises OutboxError."""
    message = session.get_one(Message, sent.message.id)
    now_standing = revisable.standings(session, [message.id]).get(message.id)
    if now_standing is None or now_standing.waits != sent.standing.waits:
        raise OutboxError("in_flight")
    if message.edited_at != sent.message.edited_at or message.text != sent.message.text:
        raise OutboxError("in_flight")
    if not revisable.concerns(message, by) or message.deleted_at is not None:
        raise OutboxError("deleted")


def refused(channel: Channel, error: PlanError) -> OutboxError:
    """The channel's own reason why it cannot be done."""
    return OutboxError("plan", channel=channel.name, reason=error.code, params=error.params)


def deliver(session: Session, sent: SentMessage, pieces: Sequence[Piece], purpose: str) -> None:
    """A delivery of its own, in the place of earlier changes that have not begun."""
    earlier = session.scalars(
        select(Delivery.id).where(
            Delivery.message_id == sent.message.id, Delivery.purpose != "send", Delivery.state.in_(REPLACED)
        )
    ).all()
    begun = select(DeliveryPiece.delivery_id).where(
        DeliveryPiece.delivery_id.in_(earlier), DeliveryPiece.state.in_(revisable.BEGUN)
    )
    session.execute(
        update(Delivery).where(Delivery.id.in_(earlier), Delivery.id.not_in(begun)).values(state="cancelled")
    )
    message = session.get_one(Message, sent.message.id)
    delivery_rows.add(session, message, sent.address.connection_id, pieces, purpose=purpose)
