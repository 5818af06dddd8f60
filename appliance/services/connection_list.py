"""Connections as the settings, the status page and the command line show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from appliance import db
from appliance.models import Connection, TicketTemplate, now
from appliance.services import accounts
from appliance.services.channels import channels
from appliance.services.connections import obstacle
from appliance.services.template_parts import texts_of
from appliance.values import Account, Json

# A bot is asked for news without a pause; nothing for so long means that something is wrong.
QUIET = timedelta(minutes=3)


@dataclass(frozen=True)
class ConnectionView:
    """health: ok, waiting (never answered yet), silent, trouble, paused. `trouble` is a code of the channel's or
    of connecting.TEXTS."""

    id: int
    channel: str
    channel_title: str
    title: str
    account: Account | None
    health: str
    alive_at: datetime | None
    trouble: str
    trouble_params: Json
    trouble_since: datetime | None
    settings: Json
    contact_word: str
    thread_policy: str
    reopen_hours: int
    thanks_reopen: bool
    acknowledge: bool
    greeting: Json
    acknowledgement: Json
    signature: bool
    privacy_notice: Json
    template_id: int | None
    contact_template_id: int | None

    @property
    def picture(self) -> accounts.Picture | None:
        return accounts.picture_of(self.account)


def all_connections() -> list[ConnectionView]:
    with db.session() as session:
        query = select(Connection, TicketTemplate).outerjoin(
            TicketTemplate, TicketTemplate.id == Connection.template_id
        )
        rows = session.execute(query.order_by(Connection.id)).all()
    return [_view(row.Connection, row.TicketTemplate) for row in rows]


def find(connection_id: int) -> ConnectionView | None:
    return next((view for view in all_connections() if view.id == connection_id), None)


def _view(row: Connection, template: TicketTemplate | None) -> ConnectionView:
    channel = channels().get(row.channel)
    trouble = obstacle(row) or row.trouble_code
    return ConnectionView(
        id=row.id,
        channel=row.channel,
        channel_title=channel.title if channel else row.channel,
        title=row.title,
        account=accounts.from_json(row.account),
        health=_health(row, trouble),
        alive_at=row.alive_at,
        trouble=trouble,
        trouble_params={"channel": row.channel, **row.trouble_params},
        trouble_since=row.trouble_since,
        settings=row.settings,
        contact_word=row.contact_word,
        thread_policy=row.thread_policy,
        reopen_hours=row.reopen_hours,
        thanks_reopen=row.thanks_reopen,
        acknowledge=template.acknowledge if template else True,
        greeting=texts_of(template.greeting if template else {}),
        acknowledgement=texts_of(template.acknowledgement if template else {}),
        signature=row.signature,
        privacy_notice=texts_of(row.privacy_notice),
        template_id=template.id if template else None,
        contact_template_id=row.contact_template_id,
    )


def _health(row: Connection, trouble: str) -> str:
    if not row.enabled:
        return "paused"
    if trouble:
        return "trouble"
    if row.alive_at is None:
        return "waiting"
    return "silent" if now() - row.alive_at > QUIET else "ok"
