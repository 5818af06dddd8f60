"""What staff write down of a customer: one thing at a time, each an event that can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Agent, Contact, Event, Field, Ticket
from appliance.models.folding import digits
from appliance.services import contact_sight, field_values, organisations, settings, tags
from appliance.services.field_kinds import ValueRefused
from appliance.services.visibility import visible_to
from appliance.values import Actor

LONGEST_NAME, LONGEST_PHONE, LONGEST_NOTE, MOST_TAGS = 200, 32, 4000, 20
_PHONE = re.compile(r"[+\d][\d\s().,;*#/-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*|")
# What an event calls the remark: a "note" in the feed is a word of the messenger's.
REMARK = "remark"


class ContactError(Exception):
    """Nothing was changed. `code`: not_found, not_allowed, name_empty, bad_phone, bad_language, bad_value {name},
    not_confirmed."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def change(contact_id: int, what: str, value: str, by: Actor, ticket_id: int | None = None) -> int | None:
    """Write one thing down; the event's id, None when nothing changed. Raises ContactError.

    `what`: name, phone, language, note, organisation (a name), tags (with commas), field-<id>. `ticket_id`: where it
    was written."""
    with db.write() as session:
        contact = contact_sight.get(session, contact_id, by)
        if contact is None:
            raise ContactError("not_found")
        before, after = _put(session, contact, what, value, by)
        if before == after:
            return None
        session.flush()
        key = REMARK if what == "note" else what
        told = _told_at(session, contact.id, ticket_id, by)
        return feed.append(
            session,
            "contact_changed",
            by=by,
            ticket=told,
            before={"contact": contact.id, key: before},
            after={"contact": contact.id, key: after},
        )


def undo(event_id: int, by: Actor) -> int:
    """Put back what stood there before a change; the customer's id. Raises ContactError."""
    with db.session() as session:
        event = session.get(Event, event_id)
    if event is None or event.kind != "contact_changed" or event.actor_id != by.id or event.actor_kind != "agent":
        raise ContactError("not_found")
    contact_id = int(event.before.get("contact") or 0)
    for key, value in event.before.items():
        if key != "contact":
            written = ", ".join(value) if isinstance(value, list) else str(value)
            change(contact_id, "note" if key == REMARK else key, written, by, event.ticket_id)
    return contact_id


def make(name: str, phone: str, by: Actor) -> int:
    """Somebody who has not written yet; their id. Raises ContactError."""
    with db.write() as session:
        return make_within(session, name, phone, by).id


def make_within(session: Session, name: str, phone: str, by: Actor) -> Contact:
    """The same in the caller's transaction."""
    made = Contact(name=clean_name(name), phone=clean_phone(phone), named=True)
    session.add(made)
    session.flush()
    feed.append(session, "contact_changed", by=by, after={"contact": made.id, "made": True})
    return made


def clean_name(value: str) -> str:
    """One line without control characters. Raises ContactError."""
    name = one_line(value)[:LONGEST_NAME].strip()
    if not name:
        raise ContactError("name_empty")
    return name


def clean_phone(value: str) -> str:
    """As it was written, '' = none. Raises ContactError."""
    phone = one_line(value)
    if phone and not (_PHONE.fullmatch(phone) and len(digits(phone)) >= 3 and len(phone) <= LONGEST_PHONE):
        raise ContactError("bad_phone")
    return phone


def one_line(text: str) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _put(session: Session, contact: Contact, what: str, value: str, by: Actor) -> tuple[Any, Any]:
    """What stood there before, and what stands there now."""
    if what.startswith("field-"):
        return _put_field(session, contact, what.removeprefix("field-"), value, by)
    if what not in _WRITERS:
        raise ContactError("not_found")
    return _WRITERS[what](session, contact, value)


def _put_field(session: Session, contact: Contact, number: str, value: str, by: Actor) -> tuple[str, str]:
    field = session.get(Field, int(number)) if number.isdecimal() and len(number) < 18 else None
    if field is None or field.scope != "contact":
        raise ContactError("not_found")
    try:
        return field_values.put(session, "contact", contact.id, field, value, _language(session, by))
    except ValueRefused as error:
        raise ContactError("bad_value", name=field.name, reason=error.code) from None


def _language(session: Session, by: Actor) -> str:
    """Whose commas and dates are typed."""
    chosen = session.scalar(select(Agent.language).where(Agent.id == by.id)) if by.kind == "agent" else ""
    return chosen or settings.get("language")


def _put_name(_session: Session, contact: Contact, value: str) -> tuple[str, str]:
    before, contact.name = contact.name, clean_name(value)
    contact.named = contact.named or contact.name != before
    return before, contact.name


def _put_phone(_session: Session, contact: Contact, value: str) -> tuple[str, str]:
    before, phone = contact.phone, clean_phone(value)
    if digits(before) != digits(phone):
        contact.phone_verified = False
    contact.phone = phone
    return before, phone


def _put_language(_session: Session, contact: Contact, value: str) -> tuple[str, str]:
    if not _LANGUAGE.fullmatch(value) or len(value) > 16:
        raise ContactError("bad_language")
    before, contact.language = contact.language, value
    return before, value


def _put_note(_session: Session, contact: Contact, value: str) -> tuple[str, str]:
    before, contact.note = contact.note, value.replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    return before, contact.note


def _put_organisation(session: Session, contact: Contact, value: str) -> tuple[str, str]:
    before = organisations.name_of(session, contact.organisation_id)
    contact.organisation_id = organisations.find_or_make(session, one_line(value))
    return before, organisations.name_of(session, contact.organisation_id)


def _put_tags(session: Session, contact: Contact, value: str) -> tuple[list[str], list[str]]:
    before, wanted = tags.names_on(session, "contact", contact.id), tags.split(value)[:MOST_TAGS]
    kept = {name.casefold() for name in wanted}
    tags.take(session, "contact", contact.id, [name for name in before if name.casefold() not in kept])
    tags.put(session, "contact", contact.id, wanted)
    session.flush()
    return before, tags.names_on(session, "contact", contact.id)


def _told_at(session: Session, contact_id: int, ticket_id: int | None, by: Actor) -> int | None:
    """The ticket whose page shows it at once."""
    if ticket_id is not None:
        here = select(Ticket.id).where(Ticket.id == ticket_id, Ticket.contact_id == contact_id, visible_to(by))
        if session.scalar(here) is not None:
            return ticket_id
    return contact_sight.newest_ticket(session, contact_id, by)


_WRITERS: Mapping[str, Callable[[Session, Contact, str], tuple[Any, Any]]] = {
    "name": _put_name,
    "phone": _put_phone,
    "language": _put_language,
    "note": _put_note,
    "organisation": _put_organisation,
    "tags": _put_tags,
}
