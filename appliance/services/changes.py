"""What happens to messages and people after they came: edits, reactions, positions, states, starts."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Address, Connection, File, Message, MessageVersion, Part, Reaction, now
from appliance.services import accepting, parts, people
from appliance.values import (
    Actor,
    Chat,
    IncomingButton,
    IncomingMessage,
    IncomingPart,
    IncomingPosition,
    IncomingReaction,
    IncomingStart,
    IncomingState,
    Reference,
)


def edit(session: Session, incoming: IncomingMessage, setting: accepting.Setting) -> accepting.Accepted:
    """A new version of a known message; one that changes nothing visible leaves no trace. An unknown one is a
    message of its own."""
    connection = setting.connection
    reference = people.reference_of(session, connection.id, incoming.reference)
    if reference is None:
        return accepting.accept(session, incoming, setting)
    message = session.get_one(Message, reference.message_id)
    part = session.get(Part, reference.part_id) if reference.part_id else None
    if part is None or not incoming.parts or _same(part, incoming.parts[0], session):
        return accepting.Accepted(None, message.ticket_id)
    _keep_version(session, message)
    files = _rewrite(session, part, incoming.parts[0], setting)
    session.flush()
    message.text = parts.plain_text(session, message.id)
    message.edited_at = incoming.at
    feed.append(session, "message_edited", by=Actor("contact"), ticket=message.ticket_id, message=message.id)
    return accepting.Accepted(message.id, message.ticket_id, files)


def react(session: Session, incoming: IncomingReaction, connection: Connection) -> None:
    """The person's reactions on a message, as they are now."""
    reference = people.reference_of(session, connection.id, incoming.reference)
    if reference is None:
        return
    session.execute(
        delete(Reaction).where(
            Reaction.message_id == reference.message_id, Reaction.author == incoming.author.external_id
        )
    )
    if incoming.emojis:
        session.add(
            Reaction(
                message_id=reference.message_id,
                author=incoming.author.external_id,
                author_name=incoming.author.name[:200],
                emojis=list(incoming.emojis),
                at=incoming.at,
            )
        )
    _changed(session, reference.message_id)


def position(session: Session, incoming: IncomingPosition, connection: Connection) -> None:
    """A live location moved: the part shows the newest fix; it is no version of the message."""
    reference = people.reference_of(session, connection.id, incoming.reference)
    part = session.get(Part, reference.part_id) if reference and reference.part_id else None
    if reference is None or part is None or part.kind not in ("location", "venue"):
        return
    part.data = {**part.data, **incoming.data, "moved_at": incoming.at.isoformat()}
    message = session.get_one(Message, reference.message_id)
    feed.append(session, "position_changed", ticket=message.ticket_id, message=message.id)


def state(session: Session, incoming: IncomingState, connection: Connection) -> None:
    """Blocked, unblocked, moved, joined, left: kept on the address and told to the desk."""
    address = session.scalar(
        select(Address).where(Address.connection_id == connection.id, Address.external_id == incoming.chat.external_id)
    )
    if incoming.state == "unblocked" and address is None:
        return
    if address is None:
        if incoming.author is None or incoming.state != "blocked":
            return
        address = session.get_one(Address, people.meet(session, connection, incoming.chat, incoming.author).address_id)
    if incoming.state in ("blocked", "left"):
        people.block(session, address, True)
    elif incoming.state in ("unblocked", "joined"):
        people.block(session, address, False)
    elif incoming.state == "moved" and incoming.moved_to:
        people.move(session, address, incoming.moved_to)
    else:
        ticket = people.newest_ticket(session, address.id)
        feed.append(
            session, "contact_changed", ticket=ticket, after={"contact": address.contact_id, "note": incoming.text}
        )


def start(session: Session, incoming: IncomingStart, connection: Connection) -> None:
    """The person opened the conversation: a contact, but no ticket yet."""
    known = people.meet(session, connection, incoming.chat, incoming.author)
    address = session.get_one(Address, known.address_id)
    address.started_at = now()
    if incoming.payload:
        address.start_payload = incoming.payload[:64]
    feed.append(
        session,
        "contact_started",
        by=known.actor,
        after={
            "address": address.id,
            "contact": known.contact_id,
            "connection": connection.id,
            "reference": incoming.reference.message,
            "payload": incoming.payload[:64],
        },
    )


def pressed(incoming: IncomingButton) -> IncomingMessage:
    """A press is something the customer said; its number is the press's own."""
    return IncomingMessage(
        chat=incoming.chat,
        author=incoming.author,
        reference=Reference(incoming.reference.chat, f"press:{incoming.callback_id}"),
        at=incoming.at,
        parts=(IncomingPart("text", text=incoming.data),),
        reply_to=incoming.reference,
    )


def chat_of(incoming: object) -> Chat | None:
    """The chat any incoming value is about."""
    found = getattr(incoming, "chat", None)
    return found if isinstance(found, Chat) else None


def _same(part: Part, item: IncomingPart, session: Session) -> bool:
    if (part.kind, part.text, part.data) != (item.kind, item.text, dict(item.data)):
        return False
    if part.entities != [asdict(entity) for entity in item.entities]:
        return False
    return item.file is None or _same_file(session, part, item)


def _same_file(session: Session, part: Part, item: IncomingPart) -> bool:
    file = session.get(File, part.file_id) if part.file_id else None
    if file is None or item.file is None:
        return file is None
    if item.file.unique_id and file.remote_unique_id:
        return file.remote_unique_id == item.file.unique_id[:255]
    return file.remote_id == item.file.remote_id[:255]


def _keep_version(session: Session, message: Message) -> None:
    rows = session.scalars(select(Part).where(Part.message_id == message.id).order_by(Part.position))
    kept = [
        {"kind": p.kind, "text": p.text, "entities": p.entities, "data": p.data, "file_id": p.file_id} for p in rows
    ]
    session.add(MessageVersion(message_id=message.id, text=message.text, parts=kept))


def _rewrite(session: Session, part: Part, item: IncomingPart, setting: accepting.Setting) -> tuple[int, ...]:
    """The part takes the new content; a file it no longer shows stays with the version."""
    part.kind, part.text, part.data = item.kind, item.text, dict(item.data)
    part.entities = [asdict(entity) for entity in item.entities]
    if item.file is None or _same_file(session, part, item):
        return ()
    file = parts.add_file(session, item, setting.connection.id, setting.reach)
    part.file_id = file.id
    return file.fetch


def _changed(session: Session, message_id: int) -> None:
    message = session.get_one(Message, message_id)
    feed.append(session, "message_changed", ticket=message.ticket_id, message=message.id)
