"""Where people are and were, as plugins' maps ask for it: live locations, their fixes, and places customers sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from appliance import db
from appliance.models import Contact, LiveFix, Message, Part, Ticket
from appliance.models import LiveShare as ShareRow
from appliance.services import trails
from appliance.services.visibility import visible_to
from appliance.values import Actor, Fix, KnownPlace, LiveShare

MOST_PLACES = 200


def shares(by: Actor, since: datetime) -> Sequence[LiveShare]:
    """Live locations heard of since then, newest first; of no ticket in spam or trash."""
    query = _shares(by).where(ShareRow.heard_at >= since, Ticket.shelf == "none")
    with db.session() as session:
        return [_share(*row) for row in session.execute(query.order_by(ShareRow.heard_at.desc()))]


def share(message_id: int, by: Actor) -> LiveShare | None:
    """None for a message that is no live location, or that `by` may not see."""
    with db.session() as session:
        row = session.execute(_shares(by).where(ShareRow.message_id == message_id)).first()
        return None if row is None else _share(*row)


def fixes(message_id: int, by: Actor, since: datetime | None = None) -> Sequence[Fix]:
    """Oldest first, without those that say nothing; empty for a message that `by` may not see."""
    query = (
        select(LiveFix)
        .join(Message, Message.id == LiveFix.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .where(LiveFix.message_id == message_id, visible_to(by))
        .order_by(LiveFix.at, LiveFix.id)
    )
    with db.session() as session:
        found = session.scalars(query if since is None else query.where(LiveFix.at >= since))
        return trails.thin([_fix(row) for row in found])


def _shares(by: Actor) -> Select[ShareRow, LiveFix, Ticket, str, str, str]:
    newest = (
        select(LiveFix.id)
        .where(LiveFix.message_id == ShareRow.message_id)
        .order_by(LiveFix.at.desc(), LiveFix.id.desc())
        .limit(1)
        .correlate(ShareRow)
        .scalar_subquery()
    )
    return (
        select(ShareRow, LiveFix, Ticket, Contact.name, Message.author_name, Message.author_external_id)
        .join(Message, Message.id == ShareRow.message_id)
        .join(LiveFix, LiveFix.id == newest)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(visible_to(by))
    )


def known(by: Actor, since: datetime) -> Sequence[KnownPlace]:
    """Places customers have sent since then, newest first."""
    query = (
        select(Part, Message.at, Ticket.id, Contact.name)
        .join(Message, Message.id == Part.message_id)
        .join(Ticket, Ticket.id == Message.ticket_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(Part.kind.in_(("location", "venue")), Message.kind == "incoming", Message.at >= since, visible_to(by))
        .where(Ticket.shelf == "none")
        .where(~select(ShareRow.message_id).where(ShareRow.message_id == Message.id).exists())
        .order_by(Message.at.desc())
        .limit(MOST_PLACES)
    )
    with db.session() as session:
        found = session.execute(query)
        return [_place(part, at, number, name) for part, at, number, name in found if _is_point(part)]


def _share(share: ShareRow, fix: LiveFix, ticket: Ticket, contact: str, author: str, external_id: str) -> LiveShare:
    return LiveShare(
        share.message_id,
        ticket.id,
        # In a group the author says who it is, not the group's name.
        author or contact,
        share.started_at,
        share.until,
        share.ended_at,
        _fix(fix),
        person=f"{ticket.contact_id}/{external_id}",
    )


def _fix(row: LiveFix) -> Fix:
    return Fix(row.at, row.latitude, row.longitude, row.accuracy, row.heading)


def _is_point(part: Part) -> bool:
    return all(isinstance(part.data.get(name), int | float) for name in ("latitude", "longitude"))


def _place(part: Part, at: datetime, number: int, name: str) -> KnownPlace:
    title = str(part.data.get("title") or "")
    return KnownPlace(part.message_id, number, name, title, at, part.data["latitude"], part.data["longitude"])
