"""What flows through a connection and what is held up, with the reason: for the status page and the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Address, Connection, Delivery, InboundUpdate, now

WAITING = ("queued", "sending")


@dataclass(frozen=True)
class Held:
    """Deliveries that wait for one reason. code: a channel's text, or trouble, unsure, limited (until `until`), undo,
    retry (`error` says why), turn."""

    code: str
    count: int
    error: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Flow:
    """`backlog` waits to be read, `held` for the yes to its group, `unread` could not be read."""

    connection_id: int
    last_update_at: datetime | None
    backlog: int
    held: int
    unread: int
    waiting: tuple[Held, ...]

    @property
    def waiting_count(self) -> int:
        return sum(item.count for item in self.waiting)


def of(connection_id: int) -> Flow:
    """How a connection stands now."""
    with db.session() as session:
        connection = session.get_one(Connection, connection_id)
        states = _states(session, connection_id)
        last = session.scalar(
            select(InboundUpdate.received_at)
            .where(InboundUpdate.connection_id == connection_id)
            .order_by(InboundUpdate.id.desc())
            .limit(1)
        )
        return Flow(
            connection_id,
            last,
            states.get("new", 0),
            states.get("held", 0),
            states.get("failed", 0),
            _waiting(session, connection),
        )


def _states(session: Session, connection_id: int) -> dict[str, int]:
    query = select(InboundUpdate.state, func.count()).where(
        InboundUpdate.connection_id == connection_id, InboundUpdate.state.in_(("new", "held", "failed"))
    )
    return {str(state): int(number) for state, number in session.execute(query.group_by(InboundUpdate.state))}


def _waiting(session: Session, connection: Connection) -> tuple[Held, ...]:
    query = (
        select(Delivery, Address.paused_until)
        .join(Address, Address.id == Delivery.address_id)
        .where(Delivery.connection_id == connection.id, Delivery.state.in_(WAITING))
    )
    found: dict[tuple[str, str], Held] = {}
    for delivery, paused in session.execute(query):
        reason = _reason(connection, delivery, paused)
        known = found.get((reason.code, reason.error))
        until = max(filter(None, (reason.until, known.until if known else None)), default=None)
        found[reason.code, reason.error] = Held(reason.code, (known.count if known else 0) + 1, reason.error, until)
    return tuple(found.values())


def _reason(connection: Connection, delivery: Delivery, paused: datetime | None) -> Held:
    """The first thing that keeps it from leaving now."""
    moment = now()
    if connection.trouble_code:
        return Held("trouble", 1, connection.trouble_code)
    if connection.unsure_since is not None:
        return Held("unsure", 1)
    for until in (connection.paused_until, paused):
        if until is not None and until > moment:
            return Held("limited", 1, delivery.error_code, until)
    if delivery.not_before is not None and delivery.not_before > moment:
        return Held("undo", 1, until=delivery.not_before)
    if delivery.next_try_at is not None and delivery.next_try_at > moment:
        return Held("retry", 1, delivery.error_code, delivery.next_try_at)
    return Held("turn", 1)
