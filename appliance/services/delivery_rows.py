"""Rows of what is to leave, added in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from appliance.models import Delivery, DeliveryPiece, Message, now
from appliance.values import Piece


def add(
    session: Session,
    message: Message,
    connection_id: int,
    pieces: Sequence[Piece],
    undo_seconds: float = 0,
    purpose: str = "send",
) -> Delivery:
    """A delivery to the message's address, which leaves after everything that waits there."""
    delivery = Delivery(
        message_id=message.id, address_id=message.address_id, connection_id=connection_id, purpose=purpose
    )
    if undo_seconds > 0:
        delivery.not_before = now() + timedelta(seconds=undo_seconds)
    session.add(delivery)
    session.flush()
    add_pieces(session, delivery.id, pieces)
    return delivery


def add_pieces(session: Session, delivery_id: int, pieces: Sequence[Piece]) -> None:
    """Rows for what the channel has planned."""
    for position, piece in enumerate(pieces):
        session.add(
            DeliveryPiece(
                delivery_id=delivery_id,
                position=position,
                kind=piece.kind,
                payload=dict(piece.payload),
                parts=list(piece.parts),
                files=dict(piece.files),
            )
        )


def replace_pieces(session: Session, delivery_id: int, pieces: Sequence[Piece]) -> None:
    """The message has been cut anew; nothing of it has left."""
    session.execute(delete(DeliveryPiece).where(DeliveryPiece.delivery_id == delivery_id))
    add_pieces(session, delivery_id, pieces)
    session.flush()
