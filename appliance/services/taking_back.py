"""An arrangement is taken back, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Arrangement, now
from appliance.services import arrangements, merging_tickets, moving, splitting
from appliance.values import Actor

_WAYS: Mapping[str, Callable[[Session, Arrangement, Actor], None]] = {
    "split": splitting.put_back,
    "move": moving.put_back,
    "merge": merging_tickets.put_back,
}


def undo(arrangement_id: int, by: Actor) -> str:
    """Its kind. Raises ArrangeError."""
    with db.write() as session:
        made = arrangements.to_undo(session, arrangement_id, tuple(_WAYS))
        _WAYS[made.kind](session, made, by)
        made.undone_at = now()
        return made.kind
