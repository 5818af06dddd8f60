"""Writing to a customer, or a note to colleagues: message and delivery in one commit; the worker does the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Message, Part, Ticket
from appliance.services import collisions, composing, delivery_rows, mentions, reply_effects, spans, tickets
from appliance.services.composing import Composed
from appliance.services.letters import Letter, OutboxError, Then
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import SYSTEM, Actor, Json, Manner, OutgoingPart, PartKind

__all__ = ["AUTOMATIC", "OutboxError", "automatic", "note", "reply", "send"]
AUTOMATIC = "auto"
PLAIN = Manner()
STAYS = Then()


def reply(  # noqa: PLR0913  (whoever answers names what this answer has beside its text)
    ticket_id: int,
    by: Actor,
    text: str,
    file_ids: Sequence[int] = (),
    kinds: Mapping[int, PartKind] | None = None,
    reply_to: int | None = None,
    *,
    undo_seconds: float = 0,
    key: str = "",
    manner: Manner = PLAIN,
    parts: Sequence[OutgoingPart] = (),
    data: Json | None = None,
    then: Then = STAYS,
    seen: int | None = None,
) -> int:
    """Answer the customer; the message's id. Raises OutboxError, and TicketError when the ticket cannot be what it
    should be `then`: in either case nothing was sent and nothing changed.

    `text` may carry marks (services/markup.py) if the channel can show formatting. `parts`: places and contacts.
    `key` is the sender's own name for this letter: posted a second time, because the answer to the first post was
    lost, it is the same message. `data` goes with the text. `seen`: the last message known when it was begun; raises
    Collision when a colleague has answered since."""
    name = _key(by, ticket_id, key)
    said = (text, file_ids, kinds or {}, parts, reply_to, undo_seconds, name, manner, data or {}, then, seen)
    letter = Letter("reply", *said)
    return send(ticket_id, by, letter)


def send(ticket_id: int, by: Actor, letter: Letter) -> int:
    """As reply(), for a letter that is written."""
    with db.session() as session:
        ticket = _ticket(session, ticket_id, by)
        if (known := _said(session, letter.key)) is not None:
            return known
        # A subtask has no address; should it ever come to one, its words still stay in the house.
        if ticket.address_id is None or ticket.parent_id is not None:
            raise OutboxError("no_address")
        letter = replace(letter, reply_to=composing.quotable(session, ticket, letter.reply_to, by))
        composed = composing.compose(session, ticket.address_id, letter, by)
    pieces = composing.cut(composed.connection_id, composed.outgoing, composed.options)
    with db.write() as session:
        if (known := _said(session, letter.key)) is not None:
            return known
        ticket = session.get_one(Ticket, survivor_of(session, ticket_id))
        collisions.check(session, ticket, by, letter.seen)
        before = reply_effects.standing(ticket)
        message = _store(session, ticket.id, ticket.address_id, letter, by, composed)
        delivery_rows.add(session, message, composed.connection_id, pieces, letter.undo_seconds)
        _answered(session, ticket, message, by)
        _go_on(session, ticket, letter.then, by)
        reply_effects.remember(message, ticket, before)
    if message.address_id is not None:
        queue.wake("deliver", message.address_id, priority=10, delay=letter.undo_seconds)
    return message.id


def note(ticket_id: int, by: Actor, text: str, file_ids: Sequence[int] = (), key: str = "") -> int:
    """Write for colleagues only: no delivery is made, so nothing can leave. `key`: see reply(). Raises OutboxError."""
    letter = Letter("note", text, file_ids, key=_key(by, ticket_id, key))
    with db.session() as session:
        _ticket(session, ticket_id, by)
        parts = composing.compose_parts(session, letter, by, None, marked=True)
    with db.write() as session:
        if (known := _said(session, letter.key)) is not None:
            return known
        ticket = session.get_one(Ticket, survivor_of(session, ticket_id))
        message = _store(session, ticket.id, ticket.address_id, letter, by, Composed.inside(parts))
        ticket.last_message_id, ticket.last_message_at = message.id, message.at
        mentions.of_text(session, message, by)
        feed.append(session, "message_sent", by=by, ticket=ticket.id, message=message.id, after={"kind": "note"})
    return message.id


def automatic(address_id: int, text: str, key: str, ticket_id: int | None, cause: int | None = None) -> int | None:
    """Say something by ourselves, once for each key; None when it has been said. Raises OutboxError."""
    letter = Letter(AUTOMATIC, text, key=key)
    with db.session() as session:
        if _said(session, key) is not None:
            return None
        composed = composing.compose(session, address_id, letter, SYSTEM)
    pieces = composing.cut(composed.connection_id, composed.outgoing, composed.options)
    with db.write() as session:
        if _said(session, key) is not None:
            return None
        ticket_id = survivor_of(session, ticket_id) if ticket_id is not None else None
        message = _store(session, ticket_id, address_id, letter, SYSTEM, composed)
        delivery_rows.add(session, message, composed.connection_id, pieces)
        feed.append(
            session, "message_sent", ticket=ticket_id, message=message.id, cause=cause, after={"kind": AUTOMATIC}
        )
    queue.wake("deliver", address_id)
    return message.id


def _key(by: Actor, ticket_id: int, key: str) -> str | None:
    return f"{by.kind}:{by.id}:{ticket_id}:{key}"[:128] if key else None


def _said(session: Session, key: str | None) -> int | None:
    """The message that was stored under this key."""
    return session.scalar(select(Message.id).where(Message.key == key)) if key else None


def _ticket(session: Session, ticket_id: int, by: Actor) -> Ticket:
    """Written in a ticket that has meanwhile become part of another, it is said there."""
    ticket = session.scalar(select(Ticket).where(Ticket.id == survivor_of(session, ticket_id), visible_to(by)))
    if ticket is None:
        raise OutboxError("not_found")
    return ticket


def _store(
    session: Session, ticket_id: int | None, address_id: int | None, letter: Letter, by: Actor, composed: Composed
) -> Message:
    message = Message(
        ticket_id=ticket_id,
        address_id=address_id,
        kind=letter.kind,
        agent_id=by.id if by.kind == "agent" else None,
        author_name=by.name[:200],
        text="\n".join(part.text for part in composed.outgoing.parts if part.text),
        reply_to_id=letter.reply_to,
        key=letter.key,
        options=dict(composed.options),
    )
    session.add(message)
    session.flush()
    for part in composed.outgoing.parts:
        row = Part(message_id=message.id, position=part.position, kind=part.kind, text=part.text, file_id=part.file_id)
        row.entities = [asdict(entity) for entity in part.entities]
        row.data = dict(part.data)
        session.add(row)
    return message


def _answered(session: Session, ticket: Ticket, message: Message, by: Actor) -> None:
    """A reply turns the ticket to the customer; the first one to an unclaimed ticket takes it."""
    ticket.last_message_id, ticket.last_message_at = message.id, message.at
    spans.answered(session, ticket, message.at)
    if ticket.stage == "snoozed":
        spans.wake(session, ticket, by)
    if ticket.assignee_id is None and by.kind == "agent" and by.id is not None and ticket.stage != "done":
        spans.claim(session, ticket, by.id, by)
    feed.append(session, "message_sent", by=by, ticket=ticket.id, message=message.id, after={"kind": "reply"})


def _go_on(session: Session, ticket: Ticket, then: Then, by: Actor) -> None:
    if then.stage == "done":
        tickets.finish_within(session, ticket, tickets.SOLVED, by, then.subtasks)
    elif then.stage == "snoozed" and then.until is not None:
        tickets.snooze_within(session, ticket, then.until, by)
