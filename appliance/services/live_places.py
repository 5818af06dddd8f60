"""Where people are and were, as plugins' maps ask for it: live locations, their fixes, and places customers sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from appliance import db
from appliance.models import Contact, LiveFix, Message, Part, Ticket
from appliance.models import LiveShare as ShareRow
from appliance.services.visibility import visible_to
from appliance.values import Actor, Fix, KnownPlace, LiveShare

MOST_PLACES = 200


def shares(by: Actor, since: datetime) -> Sequence[LiveShare]:
    """Live locations heard of since then, newest first."""
    newest = (
        select(LiveFix.id)
        .where(LiveFix.message_id == ShareRow.message_id)
        .order_by(LiveFix.at.desc(), LiveFix.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(ShareRow, LiveFix, Ticket.id.label("number"), Contact.name, Message.author_name)
        .join(Message, Message.id == ShareRow.message_id)
        .join(LiveFix, LiveFix.id == newest)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(ShareRow.heard_at >= since, visible_to(by))
        .order_by(ShareRow.heard_at.desc())
    )
    with db.session() as session:
        return [_share(*row) for row in session.execute(query).tuples()]


def fixes(message_id: int, by: Actor, since: datetime | None = None) -> Sequence[Fix]:
    """Oldest first; empty for a message that `by` may not see."""
    query = (
        select(LiveFix)
        .join(Message, Message.id == LiveFix.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .where(LiveFix.message_id == message_id, visible_to(by))
        .order_by(LiveFix.at, LiveFix.id)
    )
    with db.session() as session:
        return [_fix(row) for row in session.scalars(query if since is None else query.where(LiveFix.at >= since))]


def known(by: Actor, since: datetime) -> Sequence[KnownPlace]:
    """Places customers have sent since then, newest first."""
    query = (
        select(Part, Message.at, Ticket.id, Contact.name)
        .join(Message, Message.id == Part.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(Part.kind.in_(("location", "venue")), Message.kind == "incoming", Message.at >= since, visible_to(by))
        .where(~select(ShareRow.message_id).where(ShareRow.message_id == Message.id).exists())
        .order_by(Message.at.desc())
        .limit(MOST_PLACES)
    )
    with db.session() as session:
        found = session.execute(query).tuples()
        return [_place(part, at, number, name) for part, at, number, name in found if _is_point(part)]


def _share(share: ShareRow, fix: LiveFix, number: int, contact: str, author: str) -> LiveShare:
    # In a group the author says who it is, not the group's name.
    name = author or contact
    return LiveShare(share.message_id, number, name, share.started_at, share.until, share.ended_at, _fix(fix))


def _fix(row: LiveFix) -> Fix:
    return Fix(row.at, row.latitude, row.longitude, row.accuracy, row.heading)


def _is_point(part: Part) -> bool:
    return all(isinstance(part.data.get(name), int | float) for name in ("latitude", "longitude"))


def _place(part: Part, at: datetime, number: int, name: str) -> KnownPlace:
    title = str(part.data.get("title") or "")
    return KnownPlace(part.message_id, number, name, title, at, part.data["latitude"], part.data["longitude"])
