"""The ways in as their page and their printed sheets show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import ContactTemplate, Entrance, Team, Ticket, TicketTemplate
from appliance.services.channels import channels
from appliance.services.connection_list import ConnectionView, all_connections
from appliance.services.entrances import Sorting


@dataclass(frozen=True)
class EntranceView:
    """`link` opens the conversation and brings the code; '' while nobody knows who the account is. `tickets` came by
    it so far."""

    id: int
    code: str
    connection_id: int
    connection_title: str
    channel_title: str
    handle: str
    place: str
    sorting: Sorting
    team: str
    template: str
    contact_template: str
    link: str
    tickets: int
    created_at: datetime
    retired_at: datetime | None


def all_entrances() -> list[EntranceView]:
    """Those in use first, each group in the order they were made."""
    known = {view.id: view for view in all_connections()}
    with db.session() as session:
        query = (
            select(
                Entrance,
                Team.name.label("team"),
                TicketTemplate.name.label("template"),
                ContactTemplate.name.label("contact_template"),
            )
            .join(Team, Team.id == Entrance.team_id, isouter=True)
            .join(TicketTemplate, TicketTemplate.id == Entrance.template_id, isouter=True)
            .join(ContactTemplate, ContactTemplate.id == Entrance.contact_template_id, isouter=True)
            .order_by(Entrance.retired_at.is_not(None), Entrance.connection_id, Entrance.id)
        )
        rows = session.execute(query).all()
        counts = _counts(session)
    return [_view(row, known[row.Entrance.connection_id], counts.get(row.Entrance.id, 0)) for row in rows]


def find(entrance_id: int) -> EntranceView | None:
    return next((view for view in all_entrances() if view.id == entrance_id), None)


def _counts(session: Session) -> dict[int, int]:
    query = select(Ticket.entrance_id, func.count().label("number")).where(Ticket.entrance_id.is_not(None))
    rows = session.execute(query.group_by(Ticket.entrance_id))
    return {row.entrance_id: row.number for row in rows if row.entrance_id is not None}


def _view(found: Any, connection: ConnectionView, tickets: int) -> EntranceView:
    row: Entrance = found.Entrance
    channel, account = channels().get(connection.channel), connection.account
    return EntranceView(
        id=row.id,
        code=row.code,
        connection_id=row.connection_id,
        connection_title=connection.title,
        channel_title=connection.channel_title,
        handle=account.handle if account else "",
        place=row.place,
        sorting=Sorting(row.source, row.team_id, row.template_id, row.contact_template_id),
        team=found.team or "",
        template=found.template or "",
        contact_template=found.contact_template or "",
        link=channel.invite(account, row.code) if channel and account else "",
        tickets=tickets,
        created_at=row.created_at,
        retired_at=row.retired_at,
    )
