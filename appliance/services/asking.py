"""One press asks the customer for a photo, a short video, the location or the phone number, in their language."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db
from appliance.language import mark
from appliance.models import Address, Contact, Ticket
from appliance.services import outbox, settings, texts, undoing
from appliance.services.letters import OutboxError
from appliance.services.visibility import visible_to
from appliance.values import Actor, Ask, Manner

# What is said, and what the messenger's own button says where it has one.
WORDS: dict[Ask, tuple[str, str]] = {
    "photo": (mark("Please send us a photo of it."), ""),
    "video": (mark("Please send us a short video of it, up to 20 MB. A round video message is fine too."), ""),
    "location": (mark("Please send us your location."), mark("Send my location")),
    "phone": (mark("Please send us your phone number."), mark("Send my phone number")),
}


def ask(ticket_id: int, kind: Ask, by: Actor, key: str) -> int:
    """The message's id; `key` as in outbox.reply(). Raises OutboxError."""
    if kind not in WORDS:
        raise OutboxError("bad_ask")
    language = _language(ticket_id, by)
    words, button = WORDS[kind]
    return outbox.reply(
        ticket_id,
        by,
        texts.for_customer({}, words, language),
        undo_seconds=undoing.seconds(by),
        key=key,
        manner=Manner(ask=kind),
        data={"button": texts.for_customer({}, button, language)} if button else {},
    )


def _language(ticket_id: int, by: Actor) -> str:
    query = (
        select(Contact.language)
        .join(Ticket, Ticket.contact_id == Contact.id)
        .join(Address, Address.id == Ticket.address_id)
        .where(Ticket.id == ticket_id, visible_to(by))
    )
    with db.session() as session:
        return session.scalar(query) or settings.get("language")
