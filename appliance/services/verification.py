"""A connection stored without internet: once the messenger answers, the box finds out by itself who it is."""

from __future__ import annotations

import logging

from appliance import db, feed
from appliance.models import Connection, now
from appliance.services import connections
from appliance.services.connecting import ConnectProblem
from appliance.services.secrets import SecretsError
from appliance.values import SYSTEM

log = logging.getLogger("appliance.verification")


def verify(connection_id: int) -> None:
    """Ask once; woken again for as long as the answer is missing. A second connection of one account is paused."""
    with db.session() as session:
        row = session.get(Connection, connection_id)
    if row is None or row.verified_at is not None:
        return
    try:
        made = connections.verify(connection_id, SYSTEM)
    except ConnectProblem as problem:
        if problem.code == "already_connected":
            _pause(connection_id, problem)
        return
    except SecretsError as error:
        log.warning("connection %s cannot be checked: %s", connection_id, error)
        return
    if made.account is not None and row.title == connections.channel_of(connection_id).title:
        with db.write() as session:
            session.get_one(Connection, connection_id).title = made.account.title[:120]


def _pause(connection_id: int, problem: ConnectProblem) -> None:
    with db.write() as session:
        row = session.get_one(Connection, connection_id)
        row.enabled = False
        row.trouble_code, row.trouble_params, row.trouble_since = problem.code, dict(problem.params), now()
        feed.append(session, "connection_changed", after={"connection": connection_id, "enabled": False})
