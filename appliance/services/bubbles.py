"""Messages as a conversation shows them, loaded for many at once: a handful of queries, however many bubbles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zlib import crc32

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from appliance.models import Address, Agent, Message, MessageVersion, Part, Reaction, Ticket
from appliance.services import connections, delivery_views, file_views, options, revisable
from appliance.services.delivery_views import DeliveryView
from appliance.services.visibility import visible_to
from appliance.values import Actor, Entity, FileView, PartKind, PartView

QUOTE_LENGTH = 160
OURS = ("reply", "note", "auto")


@dataclass(frozen=True)
class QuoteView:
    """What a message answers; `message_id` is None when that is not in our books. `hidden`: it stands in a ticket that
    this reader may not see, and nothing is said of it."""

    author: str
    text: str
    part_kind: str = "text"
    message_id: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class MessageView:
    """A bubble. kind: incoming, reply, note, auto. `group` tells authors apart for grouping; `face` colours the
    avatar; `voices`: a chat of many, where authors are named. `delivery` is how sending it stands, `revision` the
    newest change or removal at the customer's end that has not simply happened. `editable`, `deletable`: by this
    reader, now. `deleted_at`: taken away at the customer's end. `buttons`: the quick answers below it; `preview`:
    whether its links show what they lead to."""

    id: int
    ticket_id: int
    kind: str
    at: datetime
    stored_at: datetime
    author: str
    group: str
    face: int
    voices: bool
    agent_id: int | None
    mine: bool
    parts: tuple[PartView, ...]
    quote: QuoteView | None = None
    forwarded_from: str = ""
    edited_at: datetime | None = None
    versions: int = 0
    reactions: tuple[tuple[str, int], ...] = ()
    delivery: DeliveryView | None = None
    revision: DeliveryView | None = None
    editable: bool = False
    deletable: bool = False
    deleted_at: datetime | None = None
    buttons: tuple[str, ...] = ()
    preview: bool = True

    @property
    def outgoing(self) -> bool:
        return self.kind in OURS


@dataclass(frozen=True)
class VersionView:
    """What a message said before; `replaced_at` is when it stopped saying so."""

    text: str
    kinds: tuple[str, ...]
    replaced_at: datetime


def load(session: Session, messages: Sequence[Message], by: Actor) -> list[MessageView]:
    """Views in the order of the messages."""
    ids = [message.id for message in messages]
    known = _Known(session, ids, messages, by)
    return [_view(message, known, by) for message in messages]


def versions(session: Session, message_id: int) -> list[VersionView]:
    """Earlier wordings, oldest first."""
    query = select(MessageVersion).where(MessageVersion.message_id == message_id).order_by(MessageVersion.id)
    return [
        VersionView(row.text, tuple(str(part.get("kind", "")) for part in row.parts), row.replaced_at)
        for row in session.scalars(query)
    ]


class _Known:
    """Everything around the messages, one query a table."""

    def __init__(self, session: Session, ids: Sequence[int], messages: Sequence[Message], by: Actor) -> None:
        self.parts = _group(session.scalars(select(Part).where(Part.message_id.in_(ids)).order_by(Part.position)))
        self.files = file_views.load(
            session, {part.file_id for found in self.parts.values() for part in found if part.file_id is not None}, by
        )
        self.deliveries = delivery_views.sendings(session, ids)
        self.revisions = delivery_views.revisions(session, ids)
        self.standings = revisable.standings(session, ids)
        used = {standing.connection_id for standing in self.standings.values()}
        self.abilities = {number: connections.abilities(number) for number in used}
        self.reactions = _group(session.scalars(select(Reaction).where(Reaction.message_id.in_(ids))))
        self.versions = _versions(session, ids)
        self.quoted = _quoted(session, [message.reply_to_id for message in messages if message.reply_to_id], by)
        self.addresses = _addresses(session, {message.address_id for message in messages if message.address_id})
        self.names = _names(session, {message.agent_id for message in messages if message.agent_id})


def _group(rows: Any) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.message_id, []).append(row)
    return grouped


def _versions(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    query = select(MessageVersion.message_id, func.count().label("number")).where(MessageVersion.message_id.in_(ids))
    return {row.message_id: row.number for row in session.execute(query.group_by(MessageVersion.message_id))}


def _quoted(session: Session, ids: Sequence[int], by: Actor) -> Mapping[int, QuoteView]:
    if not ids:
        return {}
    # One of no ticket is a greeting.
    allowed = or_(Message.ticket_id.is_(None), visible_to(by))
    query = select(Message).join(Ticket, Ticket.id == Message.ticket_id, isouter=True)
    found = list(session.scalars(query.where(Message.id.in_(ids), allowed)))
    shown = [message.id for message in found]
    parts = _group(session.scalars(select(Part).where(Part.message_id.in_(shown)).order_by(Part.position)))
    quotes = dict.fromkeys(ids, QuoteView("", "", hidden=True))
    for message in found:
        kind = next((part.kind for part in parts.get(message.id, []) if part.kind != "text"), "text")
        quotes[message.id] = QuoteView(message.author_name, message.text[:QUOTE_LENGTH], kind, message.id)
    return quotes


def _addresses(session: Session, ids: set[int]) -> Mapping[int, Address]:
    return {address.id: address for address in session.scalars(select(Address).where(Address.id.in_(ids)))}


def _names(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {row.id: row.name for row in session.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))}


def _view(message: Message, known: _Known, by: Actor) -> MessageView:
    author = known.names.get(message.agent_id or 0, message.author_name)
    address = known.addresses.get(message.address_id or 0)
    voices = address is not None and address.kind == "group"
    standing = known.standings.get(message.id)
    can = known.abilities.get(standing.connection_id) if standing else None
    return MessageView(
        id=message.id,
        ticket_id=message.ticket_id or 0,
        kind=message.kind,
        at=message.at,
        stored_at=message.stored_at,
        author=author,
        group=f"{message.kind}:{message.agent_id or message.author_external_id}",
        face=crc32(message.author_external_id.encode()) if voices or address is None else address.contact_id,
        voices=voices,
        agent_id=message.agent_id,
        mine=message.agent_id is not None and message.agent_id == by.id,
        parts=tuple(
            part_view(part, message, author, known.files.get(part.file_id or 0))
            for part in known.parts.get(message.id, ())
        ),
        quote=_quote(message, known),
        forwarded_from=message.forwarded_from,
        edited_at=message.edited_at,
        versions=known.versions.get(message.id, 0),
        reactions=_reactions(known.reactions.get(message.id, [])),
        delivery=known.deliveries.get(message.id),
        revision=known.revisions.get(message.id),
        editable=not revisable.why_not_edit(message, by, standing, can),
        deletable=not revisable.why_not_delete(message, by, standing, can),
        deleted_at=message.deleted_at,
        buttons=options.buttons_of(message.options),
        preview=options.manner_of(message.options).preview,
    )


def part_view(part: Part, message: Message, author: str, file: FileView | None) -> PartView:
    """A part as whoever draws it sees it."""
    return PartView(
        id=part.id,
        message_id=message.id,
        ticket_id=message.ticket_id or 0,
        kind=cast(PartKind, part.kind),
        text=part.text,
        data=part.data,
        at=message.at,
        label=author,
        outgoing=message.kind in OURS,
        file=file,
        entities=entities_of(part),
    )


def entities_of(part: Part) -> tuple[Entity, ...]:
    return tuple(Entity(**entity) for entity in part.entities)


def _quote(message: Message, known: _Known) -> QuoteView | None:
    found = known.quoted.get(message.reply_to_id or 0)
    if found is None:
        return QuoteView("", message.quote[:QUOTE_LENGTH]) if message.quote else None
    if found.hidden:
        return found
    # A customer who quotes a few words of ours means those words.
    words = message.quote[:QUOTE_LENGTH] or found.text
    return QuoteView(found.author, words, found.part_kind, found.message_id)


def _reactions(rows: Sequence[Reaction]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(str(emoji) for row in rows for emoji in row.emojis).items())
