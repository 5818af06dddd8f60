"""Customers see that somebody writes to them, if the company wants it and the messenger can show it."""

from __future__ import annotations

import logging
import threading
import time

from sqlalchemy import select

from appliance import db, queue
from appliance.models import Address, Ticket
from appliance.services import connections, settings
from appliance.services.visibility import visible_to
from appliance.values import Actor

SETTING = "typing"
# Messengers show it for about five seconds.
EVERY_SECONDS = 4.0
STALE_SECONDS = 5
REMEMBERED = 1000
log = logging.getLogger("appliance.typing")
_lock = threading.Lock()
_shown: dict[int, float] = {}


def notice(ticket_id: int, by: Actor) -> None:
    """Somebody writes a reply in this ticket. Cheap: most calls look up one row, or nothing."""
    with db.session() as session:
        query = select(Address).join(Ticket, Ticket.address_id == Address.id)
        address = session.scalar(query.where(Ticket.id == ticket_id, visible_to(by)))
    if address is None or address.blocked_at is not None or not _is_due(address.id):
        return
    can = connections.abilities(address.connection_id)
    if can is not None and can.typing and settings.get(SETTING):
        queue.wake("typing", address.id, int(time.time()), priority=-10)


def show(address_id: int, noticed_at: int) -> None:
    """Tell the messenger; nobody minds if it does not work. One that waited too long is no longer true."""
    if abs(time.time() - noticed_at) > STALE_SECONDS:
        return
    with db.session() as session:
        address = session.get(Address, address_id)
    if address is None:
        return
    try:
        channel = connections.channel_of(address.connection_id)
        channel.show_typing(connections.info(address.connection_id), address.external_id)
    except Exception as error:  # noqa: BLE001  (whatever the channel raises: the sign is not worth a thought)
        log.info("no typing sign at address %s: %s", address_id, type(error).__name__)


def _is_due(address_id: int) -> bool:
    """At most one sign in four seconds for one address, whoever writes."""
    moment = time.monotonic()
    with _lock:
        if moment - _shown.get(address_id, -EVERY_SECONDS) < EVERY_SECONDS:
            return False
        if len(_shown) > REMEMBERED:
            for number in [number for number, at in _shown.items() if moment - at > EVERY_SECONDS]:
                del _shown[number]
        _shown[address_id] = moment
        return True
