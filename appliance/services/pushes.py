"""What messengers post to the box's public address: into the journal, before they are answered."""

from __future__ import annotations

import logging

from sqlalchemy.exc import DBAPIError

from appliance import db
from appliance.models import Connection
from appliance.services import connections, journal
from appliance.services.connecting import ConnectProblem
from appliance.services.secrets import SecretsError
from appliance.values import Pushed, Refused

log = logging.getLogger("appliance.pushes")


class PushError(Exception):
    """code: unknown (no such connection, or it is paused), refused (it is not the messenger's),
    unable (it cannot be stored now: the messenger has to try again)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def expect(connection_id: int) -> None:
    """Whether anything is taken for this connection; asked before a stranger's bytes are read. Raises PushError."""
    try:
        with db.session() as session:
            connection = session.get(Connection, connection_id)
    except DBAPIError as error:
        raise _unable(connection_id, error) from None
    if connection is None or not connection.enabled:
        raise PushError("unknown")


def take(connection_id: int, pushed: Pushed) -> None:
    """When it returns, the rows survive a power cut; the worker finds them. Raises PushError."""
    try:
        channel = connections.channel_of(connection_id)
        journal.store(connection_id, channel.receive(connections.info(connection_id), pushed))
    except Refused:
        raise PushError("refused") from None
    except ConnectProblem:
        raise PushError("unknown") from None
    except (DBAPIError, SecretsError, OSError) as error:
        raise _unable(connection_id, error) from None


def _unable(connection_id: int, error: Exception) -> PushError:
    # Only its kind: the message may quote what a customer wrote.
    log.error("connection %s: a push could not be stored (%s)", connection_id, type(error).__name__)
    return PushError("unable")
