"""Groups the bot was added to: each waits for the owner's yes; a refused one is left, and can be allowed later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Address, Connection, Contact
from appliance.services import connections, held
from appliance.services.connecting import ConnectProblem
from appliance.services.merging import MOVED
from appliance.services.people import REFUSED, WAITING
from appliance.services.secrets import SecretsError
from appliance.values import Actor, SendError

log = logging.getLogger("appliance.groups")
Decision = Callable[[int, Actor], int]


class GroupError(Exception):
    """code: not_found, not_allowed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class GroupView:
    """`approval`: '' (allowed), waiting, refused. `messages` wait in the journal. `left_at`: the bot is out of it."""

    address_id: int
    connection_id: int
    connection_title: str
    title: str
    added_by: str
    approval: str
    messages: int
    left_at: datetime | None
    created_at: datetime


def waiting(by: Actor) -> list[GroupView]:
    """Groups somebody has to decide about; for owners and managers. One that has gone again without a word is no
    question any more."""
    if by.role not in ("owner", "manager"):
        return []
    found = [group for group in _views(None) if group.approval == WAITING]
    return [group for group in found if group.messages or group.left_at is None]


def of_connection(connection_id: int) -> list[GroupView]:
    """Every group of a connection, those that wait first."""
    order = (WAITING, "", REFUSED)
    return sorted(_views(connection_id), key=lambda group: order.index(group.approval))


def allow(address_id: int, by: Actor) -> int:
    """What waits is read now, in its order and with its own times; the connection's id. Raises GroupError."""
    return _decide(address_id, "", by)


def refuse(address_id: int, by: Actor) -> int:
    """What waits is not read, the group is left, and what comes later is ignored; the connection's id. Raises
    GroupError."""
    connection_id = _decide(address_id, REFUSED, by)
    queue.wake("leave", address_id)
    return connection_id


def leave(address_id: int) -> None:
    """Leave a refused group, if the messenger lets us; nothing of it is read either way."""
    with db.session() as session:
        address = session.get(Address, address_id)
    if address is None or address.approval != REFUSED or address.blocked_at is not None:
        return
    try:
        channel = connections.channel_of(address.connection_id)
        channel.leave(connections.info(address.connection_id), address.external_id)
    except (SendError, ConnectProblem, SecretsError) as error:
        log.warning("group %s could not be left: %s", address_id, error)


def _decide(address_id: int, approval: str, by: Actor) -> int:
    if by.role not in ("owner", "manager"):
        raise GroupError("not_allowed")
    with db.write() as session:
        address = session.get(Address, address_id)
        if address is None or address.kind != "group":
            raise GroupError("not_found")
        before, address.approval = address.approval, approval
        settle = held.release if approval == "" else held.drop
        settle(session, address.connection_id, address.external_id)
        if before != approval:
            after = {"contact": address.contact_id, "approval": approval}
            feed.append(session, "contact_changed", by=by, before={"approval": before}, after=after)
        return address.connection_id


def _views(connection_id: int | None) -> list[GroupView]:
    query = (
        select(Address, Contact.name, Connection.title)
        .join(Contact, Contact.id == Address.contact_id)
        .join(Connection, Connection.id == Address.connection_id)
        .where(Address.kind == "group", Address.external_id.not_like(f"{MOVED}:%"))
    )
    if connection_id is not None:
        query = query.where(Address.connection_id == connection_id)
    with db.session() as session:
        rows = session.execute(query.order_by(Address.id)).all()
        counts = _counts(session, any(row.Address.approval == WAITING for row in rows))
    return [_view(row.Address, row.name, row.title, counts) for row in rows]


def _counts(session: Session, needed: bool) -> dict[tuple[int, str], int]:
    return held.count(session) if needed else {}


def _view(address: Address, title: str, connection: str, counts: dict[tuple[int, str], int]) -> GroupView:
    return GroupView(
        address_id=address.id,
        connection_id=address.connection_id,
        connection_title=connection,
        title=title,
        added_by=address.added_by,
        approval=address.approval,
        messages=counts.get((address.connection_id, address.external_id), 0),
        left_at=address.blocked_at,
        created_at=address.created_at,
    )
