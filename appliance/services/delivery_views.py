"""How deliveries stand, as bubbles show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from appliance.models import Address, Connection, Delivery, DeliveryPiece, now
from appliance.values import Json

# Of a change at the customer's end nothing more is to be said.
SETTLED = ("sent", "cancelled", "left")


@dataclass(frozen=True)
class DeliveryView:
    """How bringing a message stands; `code` and `params` name a text of the channel. purpose: send, edit, delete.
    `held_until`: the messenger, or a rest after a time-out, keeps the address or the whole connection waiting.
    `begun`: some of its pieces have left."""

    id: int
    state: str
    code: str
    params: Json
    channel: str
    connection_id: int
    next_try_at: datetime | None
    not_before: datetime | None
    purpose: str = "send"
    held_until: datetime | None = None
    begun: bool = False


def sendings(session: Session, message_ids: Sequence[int]) -> Mapping[int, DeliveryView]:
    """By message: how sending it stands."""
    return _newest(session, message_ids, Delivery.purpose == "send")


def revisions(session: Session, message_ids: Sequence[int]) -> Mapping[int, DeliveryView]:
    """By message: its newest edit or removal, if that has not simply happened."""
    found = _newest(session, message_ids, Delivery.purpose != "send")
    return {message_id: view for message_id, view in found.items() if view.state not in SETTLED}


def _newest(session: Session, message_ids: Sequence[int], which: ColumnElement[bool]) -> dict[int, DeliveryView]:
    left = exists().where(DeliveryPiece.delivery_id == Delivery.id, DeliveryPiece.state == "sent")
    query = (
        select(
            Delivery,
            Address.paused_until.label("rests"),
            Connection.paused_until.label("waits"),
            Connection.channel,
            left.label("begun"),
        )
        .join(Connection, Connection.id == Delivery.connection_id)
        .join(Address, Address.id == Delivery.address_id)
        .where(Delivery.message_id.in_(message_ids), which)
    )
    return {
        row.Delivery.message_id: _view(row.Delivery, row.channel, [row.rests, row.waits], begun=row.begun)
        for row in session.execute(query.order_by(Delivery.id))
    }


def _view(delivery: Delivery, channel: str, pauses: Sequence[datetime | None], *, begun: bool) -> DeliveryView:
    moment = now()
    held = [until for until in pauses if until is not None and until > moment]
    return DeliveryView(
        delivery.id,
        delivery.state,
        delivery.error_code,
        delivery.error_params,
        channel,
        delivery.connection_id,
        delivery.next_try_at,
        delivery.not_before,
        delivery.purpose,
        max(held, default=None) if delivery.state == "queued" else None,
        begun,
    )
