"""Who may change or take away what was sent, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Delivery, DeliveryPiece, Message, now
from appliance.values import Actor, Capabilities

BEGUN = ("sending", "sent", "uncertain")


@dataclass(frozen=True)
class Standing:
    """How the sending of a message stands. `begun`: some of it has left, or may have."""

    delivery_id: int
    address_id: int
    connection_id: int
    state: str
    begun: bool
    at: datetime

    @property
    def waits(self) -> bool:
        """Nothing of it has left: its words can still be others, and it can be taken back."""
        return self.state == "queued" and not self.begun


def standings(session: Session, message_ids: Sequence[int]) -> Mapping[int, Standing]:
    """By message: only what was to be sent has one."""
    query = select(Delivery).where(Delivery.message_id.in_(message_ids), Delivery.purpose == "send")
    found = list(session.scalars(query))
    pieces = select(DeliveryPiece.delivery_id).where(
        DeliveryPiece.delivery_id.in_([row.id for row in found if row.state == "queued"]),
        DeliveryPiece.state.in_(BEGUN),
    )
    begun = set(session.scalars(pieces))
    return {
        row.message_id: Standing(
            row.id, row.address_id, row.connection_id, row.state, row.id in begun, row.sent_at or row.created_at
        )
        for row in found
    }


def concerns(message: Message, by: Actor) -> bool:
    """Whether this person may touch it: who wrote it, an owner, a manager."""
    if by.kind != "agent":
        return by.kind in ("system", "plugin")
    return message.agent_id == by.id or by.role in ("owner", "manager")


def why_not_edit(message: Message, by: Actor, standing: Standing | None, can: Capabilities | None) -> str:
    """A code of OutboxError; '' when it may be edited."""
    if reason := _why_not(message, by, standing):
        return reason
    if not message.text or can is None or not can.edit:
        return "cannot_edit"
    return "" if standing and (standing.waits or standing.state == "sent") else "in_flight"


def why_not_delete(message: Message, by: Actor, standing: Standing | None, can: Capabilities | None) -> str:
    """A code of OutboxError; '' when it may be taken away."""
    if reason := _why_not(message, by, standing):
        return reason
    if standing and standing.waits:
        return ""
    if can is None or not can.delete:
        return "cannot_delete"
    if standing is None or standing.state != "sent":
        return "in_flight"
    return "too_old" if can.delete_hours and now() - standing.at >= timedelta(hours=can.delete_hours) else ""


def _why_not(message: Message, by: Actor, standing: Standing | None) -> str:
    if message.kind != "reply" or standing is None:
        return "not_sent"
    if not concerns(message, by):
        return "not_yours"
    if message.deleted_at is not None:
        return "deleted"
    return "" if standing.state in ("queued", "sending", "sent") else "not_sent"
