"""What a message of ours is made of at the messenger, in the order it was sent."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Message, MessageRef, Part
from appliance.services import options
from appliance.values import Manner, Reference

PRESS = "press"


def of_parts(session: Session, message_id: int, connection_id: int) -> tuple[tuple[int, Reference], ...]:
    """(part position, reference), as values.Revision wants them."""
    query = (
        select(Part.position, MessageRef.chat, MessageRef.external_id)
        .join(Part, Part.id == MessageRef.part_id)
        .where(MessageRef.message_id == message_id, MessageRef.connection_id == connection_id)
    )
    return tuple(
        (row.position, Reference(row.chat, row.external_id)) for row in session.execute(query.order_by(MessageRef.id))
    )


def all_of(session: Session, message_id: int, connection_id: int) -> tuple[Reference, ...]:
    query = select(MessageRef).where(MessageRef.message_id == message_id, MessageRef.connection_id == connection_id)
    return tuple(Reference(row.chat, row.external_id) for row in session.scalars(query.order_by(MessageRef.id)))


def press_name(message: str, data: str) -> str:
    """The number of a press: pressed twice, it is the same."""
    return f"{PRESS}:{message}:{data}"[:128]


def manner_now(session: Session, message: Message, connection_id: int) -> Manner:
    """As it was said; quick answers of which one was given are gone."""
    manner = options.manner_of(message.options)
    if not manner.buttons:
        return manner
    answers = [
        press_name(reference.message, f"answer:{number}")
        for reference in all_of(session, message.id, connection_id)
        for number in range(len(manner.buttons))
    ]
    given = select(MessageRef.id).where(MessageRef.connection_id == connection_id, MessageRef.external_id.in_(answers))
    return replace(manner, buttons=()) if session.scalar(given.limit(1)) is not None else manner
