"""A ticket's due time passes: said once in the feed, whoever listens."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from appliance import db, feed
from appliance.models import Ticket, now
from appliance.models.base import EPOCH

# How far was looked, as milliseconds since 1970: what fell due while the box was off is found as well.
CONSUMER = "overdue"
LOOK_BACK = timedelta(days=7)
MOST = 500


def tell() -> int:
    """Append `ticket_overdue` for what fell due since the last look; answers how many there were."""
    moment = now()
    since = max(EPOCH + timedelta(milliseconds=feed.position(CONSUMER)), moment - LOOK_BACK)
    query = (
        select(Ticket.id, Ticket.due_at)
        .where(Ticket.due_at > since, Ticket.due_at <= moment, Ticket.stage != "done", Ticket.shelf == "none")
        .order_by(Ticket.due_at)
        .limit(MOST)
    )
    with db.session() as session:
        found = session.execute(query).all()
    if not found:
        return 0
    looked = found[-1].due_at if len(found) == MOST else moment
    with db.write() as session:
        for row in found:
            feed.append(session, "ticket_overdue", ticket=row.id)
        feed.advance(session, CONSUMER, round((looked - EPOCH).total_seconds() * 1000))
    return len(found)
