"""A connection tried with the owner's own phone: one of each kind, both ways, over the very road customers use."""

from __future__ import annotations

import io
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import select

from appliance import db
from appliance.models import Address, Delivery, Message, Part, Ticket
from appliance.services import connections, files, outbox
from appliance.values import FILE_KINDS, Actor, Capabilities, Manner, OutgoingPart, PartKind

LOOK_SECONDS = 0.3
SEND_SECONDS = 120.0
PLACE: Mapping[str, Any] = {"latitude": 59.939, "longitude": 30.3158}
# What a kind without a file is made of.
DATA: Mapping[PartKind, Mapping[str, Any]] = {
    "location": PLACE,
    "venue": {**PLACE, "title": "Trial", "address": "Palace Square"},
    "contact": {"name": "Trial", "phone": "+10000000000"},
}
# What a phone can send by itself, in the order it is asked for. A venue is chosen on a map as a location is.
ASKED: tuple[PartKind, ...] = tuple(kind for kind in get_args(PartKind) if kind not in ("venue", "unknown"))


@dataclass(frozen=True)
class Step:
    """One kind, one way. `words` says why it did not go; a code of the channel's texts."""

    kind: str
    way: Literal["out", "in"]
    state: Literal["ok", "failed", "missing"]
    words: str = ""


def ticket_of(address_id: int) -> int | None:
    """The ticket the phone's first message has opened."""
    query = select(Ticket.id).where(Ticket.address_id == address_id).order_by(Ticket.id.desc()).limit(1)
    with db.session() as session:
        return session.scalar(query)


def send_all(ticket_id: int, by: Actor) -> Iterator[Step]:
    """One of each kind to the phone, through the ordinary outbox; a step when its delivery has ended."""
    with db.session() as session:
        connection_id = session.get_one(Ticket, ticket_id).connection_id or 0
    channel = connections.channel_of(connection_id)
    yield _ended("text", outbox.reply(ticket_id, by, "**Trial**: __text__ with `formatting`", key=_key()))
    for kind in FILE_KINDS:
        if kind in channel.samples and kind in channel.capabilities.kinds_out:
            sample = channel.samples[kind]
            file_id = files.receive(io.BytesIO(sample.read_bytes()), sample.name, "", by, kind)
            yield _ended(kind, outbox.reply(ticket_id, by, "", (file_id,), {file_id: kind}, key=_key()))
    for kind, data in DATA.items():
        if kind in channel.capabilities.kinds_out:
            part = OutgoingPart(0, kind, data=data)
            yield _ended(kind, outbox.reply(ticket_id, by, "", parts=(part,), key=_key()))
    for name, manner in _manners(channel.capabilities):
        message_id = outbox.reply(ticket_id, by, "Trial", manner=manner, key=_key(), data={"button": "Trial"})
        yield _ended(name, message_id)


def receive_all(address_id: int, go_on: Callable[[], bool], tell: Callable[[str], None]) -> Iterator[Step]:
    """What the phone sends, a step for each kind as it comes; those that never came when `go_on` says stop."""
    with db.session() as session:
        connection_id = session.get_one(Address, address_id).connection_id
    wanted = [kind for kind in ASKED if kind in connections.channel_of(connection_id).capabilities.kinds_in]
    start = _newest_part()
    for kind in wanted:
        tell(kind)
    missing = list(wanted)
    while missing and go_on():
        arrived = _arrived(address_id, start)
        for kind in [wanted for wanted in missing if wanted in arrived]:
            missing.remove(kind)
            yield Step(kind, "in", "ok")
        time.sleep(LOOK_SECONDS)
    for kind in missing:
        yield Step(kind, "in", "missing")


def _manners(limits: Capabilities) -> Iterator[tuple[str, Manner]]:
    if limits.buttons:
        yield "buttons", Manner(buttons=("OK",))
    for ask in sorted(limits.asks):
        yield f"ask_{ask}", Manner(ask=ask)


def _key() -> str:
    return secrets.token_hex(16)


def _ended(kind: str, message_id: int) -> Step:
    """Wait for the delivery's end."""
    deadline = time.monotonic() + SEND_SECONDS
    while time.monotonic() < deadline:
        with db.session() as session:
            query = select(Delivery).where(Delivery.message_id == message_id, Delivery.purpose == "send")
            delivery = session.scalar(query)
        if delivery is not None and delivery.state not in ("queued", "sending"):
            good = delivery.state == "sent"
            return Step(kind, "out", "ok" if good else "failed", "" if good else delivery.error_code or delivery.state)
        time.sleep(LOOK_SECONDS)
    return Step(kind, "out", "failed", "timed_out")


def _newest_part() -> int:
    with db.session() as session:
        return session.scalar(select(Part.id).order_by(Part.id.desc()).limit(1)) or 0


def _arrived(address_id: int, after: int) -> set[str]:
    query = select(Part.kind).join(Message, Message.id == Part.message_id)
    with db.session() as session:
        wanted = query.where(Message.address_id == address_id, Message.kind == "incoming", Part.id > after)
        return set(session.scalars(wanted))
