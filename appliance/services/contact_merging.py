"""One person with two accounts becomes one contact. Both chats stay as they are: a ticket is answered at its own
address. For 30 days it can be taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Arrangement, Contact, ContactField, ContactTag, Identity, Ticket, now
from appliance.services import arrangements, contact_carrying, snapshots
from appliance.services.arrangements import ArrangeError
from appliance.services.contact_sight import seen_by
from appliance.values import Actor

KEPT = (*contact_carrying.FACTS, "named", "phone_verified")


def merge(kept_id: int, gone_id: int, by: Actor) -> int:
    """`gone` becomes part of `kept`; the arrangement's id. Raises ArrangeError."""
    with db.write() as session:
        kept, gone = _contact(session, kept_id, by), _contact(session, gone_id, by)
        if kept.id == gone.id:
            raise ArrangeError("same_contact")
        if _is_group(session, (kept.id, gone.id)):
            raise ArrangeError("is_group")
        before = snapshots.take(kept, KEPT)
        moved = contact_carrying.carry(session, gone.id, kept.id)
        contact_carrying.complete(kept, gone)
        gone.merged_into_id = kept.id
        session.flush()
        changed = snapshots.changes(kept, before)
        made = arrangements.record(session, "contacts", gone.id, kept.id, by, moved, changed)
        _tell(session, by, kept, gone, {"arrangement": made})
        return made


def undo(arrangement_id: int, by: Actor) -> int:
    """Two contacts again, each with its own chats and whatever came in there; the contact that had remained. Raises
    ArrangeError."""
    with db.write() as session:
        made = arrangements.to_undo(session, arrangement_id, ("contacts",))
        kept, gone = _contact(session, made.into_id, by), session.get(Contact, made.from_id)
        if gone is None or gone.merged_into_id != kept.id:
            raise ArrangeError("not_reversible")
        _give_back(session, gone.id, kept.id, made)
        snapshots.put_back(kept, made.before)
        gone.merged_into_id, made.undone_at = None, now()
        session.flush()
        _tell(session, by, kept, gone, {"back": True})
        return kept.id


def merged_into(session: Session, contact_id: int) -> list[tuple[int, int, str]]:
    """(arrangement, contact, name) of those that can still be taken out of a contact."""
    query = (
        select(Arrangement, Contact.name)
        .join(Contact, Contact.id == Arrangement.from_id)
        .where(Arrangement.into_id == contact_id, Arrangement.kind == "contacts")
        .order_by(Arrangement.id)
    )
    found = session.execute(query)
    return [(made.id, made.from_id, name) for made, name in found if arrangements.is_reversible(made)]


def _contact(session: Session, contact_id: int, by: Actor) -> Contact:
    """One that stands for itself, and whom the actor may see."""
    found = session.scalar(select(Contact).where(Contact.id == contact_id, seen_by(by)))
    if found is None:
        raise ArrangeError("not_found")
    if found.merged_into_id is not None:
        raise ArrangeError("merged_contact")
    return found


def _is_group(session: Session, contact_ids: tuple[int, int]) -> bool:
    query = select(Address.id).where(Address.contact_id.in_(contact_ids), Address.kind == "group")
    return session.scalar(query.limit(1)) is not None


def _give_back(session: Session, gone_id: int, kept_id: int, made: Arrangement) -> None:
    for table, name in ((Identity, "identity"), (Address, "address")):
        session.execute(update(table).where(table.id.in_(made.moved[name])).values(contact_id=gone_id))
    # What came in at these addresses since is theirs, too.
    theirs = or_(Ticket.id.in_(made.moved["ticket"]), Ticket.address_id.in_(made.moved["address"]))
    tickets = list(session.scalars(select(Ticket.id).where(Ticket.contact_id == kept_id, theirs)))
    family = or_(Ticket.id.in_(tickets), Ticket.parent_id.in_(tickets), Ticket.merged_into_id.in_(tickets))
    tickets = list(session.scalars(select(Ticket.id).where(Ticket.contact_id == kept_id, family)))
    session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(contact_id=gone_id))
    contact_carrying.find_at(session, tickets, gone_id)
    for copied, column, name in (
        (ContactTag, ContactTag.tag_id, "tag"),
        (ContactField, ContactField.field_id, "field"),
    ):
        session.execute(delete(copied).where(copied.contact_id == kept_id, column.in_(made.moved[name])))


def _tell(session: Session, by: Actor, kept: Contact, gone: Contact, facts: dict[str, Any]) -> None:
    """One line for the journal; and open pages of both look at their cards anew."""
    after = {"contact": kept.id, "gone": gone.id, "names": [kept.name, gone.name], **facts}
    feed.append(session, "contacts_joined", by=by, after=after)
    query = select(Ticket.id).where(Ticket.contact_id.in_((kept.id, gone.id)), Ticket.stage != "done")
    for ticket_id in session.scalars(query.order_by(Ticket.id.desc()).limit(20)):
        feed.append(
            session, "contact_changed", by=by, ticket=ticket_id, after={"contact": kept.id, "merged": gone.name}
        )
