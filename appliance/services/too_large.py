"""Files a messenger does not hand out: the customer is told once how to send it; staff get words to ask with.

Follows the feed, as `answering` does: the key of the automatic message makes it happen once for each message, an album
of ten films included.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.language import mark
from appliance.models import Address, Contact, Event, File, Message, Part, Ticket
from appliance.services import outbox, reach, texts

FILM = mark(
    "Thank you! This video is larger than {limit} MB, so it cannot reach us this way. "
    "Please send a shorter one, about half a minute, or record a round video message."
)
FILE = mark(
    "Thank you! This file is larger than {limit} MB, so it cannot reach us this way. "
    "Please send it in smaller parts, or show us the important bit in a photo or a short video."
)
ASK_FILM = mark(
    "The video you sent is larger than {limit} MB and did not reach us. "
    "Could you please send a shorter one, about half a minute, or a round video message?"
)
ASK_FILE = mark(
    "The file you sent is larger than {limit} MB and did not reach us. "
    "Could you please send it in smaller parts, or show us the important bit in a photo or a short video?"
)
_NEWS = frozenset({"message_received", "message_changed", "message_edited"})
_FILMS = frozenset({"video", "video_note", "animation"})


@dataclass(frozen=True)
class _Notice:
    address_id: int
    ticket_id: int
    text: str
    key: str


def concerns(event: Event) -> bool:
    """Whether an event may have brought a file that is too large."""
    if event.kind == "file_changed":
        return event.after.get("state") == "too_large"
    return event.kind in _NEWS


def answer(event: Event) -> None:
    """Tell the customer, unless they were told, are kept quiet, or it was one of us. Raises OutboxError,
    ConnectProblem, SecretsError."""
    with db.session() as session:
        notice = _notice(session, event)
    if notice is not None:
        outbox.automatic(notice.address_id, notice.text, notice.key, notice.ticket_id, cause=event.id)


def request(ticket_id: int, kind: str, mime: str, limit: int) -> str:
    """Words for staff to ask again with, in the customer's language."""
    with db.session() as session:
        query = select(Contact.language).join(Ticket, Ticket.contact_id == Contact.id).where(Ticket.id == ticket_id)
        language = session.scalar(query) or ""
    wanted = ASK_FILM if is_film(kind, mime) else ASK_FILE
    return texts.for_customer({}, wanted, language, limit=limit // reach.MEGABYTE)


def is_film(kind: str, mime: str) -> bool:
    """Something that could be filmed shorter."""
    return kind in _FILMS or mime.lower().startswith("video/")


def _notice(session: Session, event: Event) -> _Notice | None:
    message = session.get(Message, event.message_id) if event.message_id else None
    if message is None or message.kind != "incoming" or message.ticket_id is None or message.address_id is None:
        return None
    files = _too_large(session, message.id)
    if not files or _is_quiet(session, message):
        return None
    address = session.get_one(Address, message.address_id)
    limit = reach.usual_limit(address.connection_id)
    if not limit:
        return None
    language = session.get_one(Contact, address.contact_id).language
    films = all(is_film(file.kind, file.mime) for file in files)
    text = texts.for_customer({}, FILM if films else FILE, language, limit=limit // reach.MEGABYTE)
    # A group is told once in a ticket: many voices read what was meant for one.
    key = f"too_large:group:{message.ticket_id}" if address.kind == "group" else f"too_large:{message.id}"
    return _Notice(address.id, message.ticket_id, text, key)


def _too_large(session: Session, message_id: int) -> list[File]:
    query = select(File).join(Part, Part.file_id == File.id)
    return list(session.scalars(query.where(Part.message_id == message_id, File.state == "too_large")))


def _is_quiet(session: Session, message: Message) -> bool:
    """On a shelf, or stored without disturbing anybody."""
    if session.get_one(Ticket, message.ticket_id).shelf != "none":
        return True
    received = select(Event.after).where(
        Event.ticket_id == message.ticket_id, Event.message_id == message.id, Event.kind == "message_received"
    )
    return any(after.get("silenced") for after in session.scalars(received))
