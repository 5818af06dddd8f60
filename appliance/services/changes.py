"""What happens to messages after they came: edits, reactions, positions, presses."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Connection, File, Message, MessageVersion, Part, Reaction
from appliance.services import accepting, live_fixes, parts, people, presses, remote_messages, stored_parts
from appliance.values import (
    Actor,
    IncomingButton,
    IncomingMessage,
    IncomingPart,
    IncomingPosition,
    IncomingReaction,
    Reference,
)

# What only the fix it came with can say: the next one says it again, or it is over.
_OF_A_FIX = frozenset({"live", "period", "heading", "accuracy"})


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
    """A live location moved, or ended: the part shows the newest fix; it is no version of the message. What comes
    late or twice changes nothing that is shown."""
    reference = people.reference_of(session, connection.id, incoming.reference)
    part = session.get(Part, reference.part_id) if reference and reference.part_id else None
    if reference is None or part is None or part.kind not in ("location", "venue"):
        return
    message = session.get_one(Message, reference.message_id)
    if not live_fixes.note(session, message, part, incoming):
        return
    kept = {key: value for key, value in part.data.items() if key not in _OF_A_FIX}
    part.data = {**kept, **incoming.data, "moved_at": incoming.at.isoformat()}
    feed.append(session, "position_changed", ticket=message.ticket_id, message=message.id)


def pressed(incoming: IncomingButton, connection_id: int) -> IncomingMessage:
    """A press is something the customer said: what stood on the button. Pressed twice, it is said once."""
    return IncomingMessage(
        chat=incoming.chat,
        author=incoming.author,
        reference=Reference(
            incoming.reference.chat,
            remote_messages.press_name(incoming.reference.message, incoming.data, incoming.author.external_id),
        ),
        at=incoming.at,
        parts=(IncomingPart("text", text=presses.label(connection_id, incoming)),),
        reply_to=incoming.reference,
    )


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
    kept = stored_parts.as_version(stored_parts.of_message(session, message.id))
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
