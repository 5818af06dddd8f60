"""What went wrong with plugins lately, in whichever process it was."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from appliance import db
from appliance.db import upsert
from appliance.models import PluginFailure, now
from appliance.plugins import Failure

KEPT = timedelta(days=7)
log = logging.getLogger("appliance.plugins")


def note(failure: Failure) -> None:
    """Count a failure. It must never become a failure of its own."""
    values = {"plugin": failure.plugin, "place": failure.where[:40], "reason": failure.reason, "last_at": now()}
    statement = upsert(PluginFailure).values(count=1, **values)
    again = {"count": PluginFailure.count + 1, "reason": failure.reason, "last_at": values["last_at"]}
    try:
        with db.write() as session:
            session.execute(statement.on_conflict_do_update(index_elements=["plugin", "place"], set_=again))
    except SQLAlchemyError:
        log.exception("could not note that plugin %s failed", failure.plugin)


def lately() -> list[PluginFailure]:
    """The failures of the last days, the newest first."""
    with db.session() as session:
        query = select(PluginFailure).where(PluginFailure.last_at > now() - KEPT)
        return list(session.scalars(query.order_by(PluginFailure.last_at.desc())))


def prune() -> None:
    """Forget what has not happened again for a long time."""
    with db.write() as session:
        session.execute(delete(PluginFailure).where(PluginFailure.last_at <= now() - KEPT))
