"""What a message of ours is made of at the messenger, in the order it was sent."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import false, or_, select
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


def press_name(message: str, data: str, author: str) -> str:
    """The number of a press: pressed twice by one person, it is the same."""
    return f"{PRESS}:{message}:{data}:{author}"[:128]


def manner_now(session: Session, message: Message, connection_id: int) -> Manner:
    """As it was said; quick answers of which one was given are gone."""
    manner = options.manner_of(message.options)
    if not manner.buttons:
        return manner
    answers = [
        MessageRef.external_id.startswith(f"{PRESS}:{reference.message}:answer:", autoescape=True)
        & (MessageRef.chat == reference.chat)
        for reference in all_of(session, message.id, connection_id)
    ]
    given = select(MessageRef.id).where(MessageRef.connection_id == connection_id, or_(false(), *answers))
    return replace(manner, buttons=()) if session.scalar(given.limit(1)) is not None else manner
