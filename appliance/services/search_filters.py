"""How a search is narrowed: by what its ticket is, and by whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement

from appliance.models import Ticket
from appliance.values import Actor

STATES = ("open", "snoozed", "done", "shelved")
WHO = ("me", "none")


def conditions(by: Actor, state: str = "", who: str = "") -> Sequence[ColumnElement[bool]]:
    """Over Ticket; nothing for what is not chosen."""
    made: list[ColumnElement[bool]] = []
    if state == "shelved":
        made.append(Ticket.shelf != "none")
    elif state:
        made += [Ticket.shelf == "none", Ticket.stage == state]
    owners: Mapping[str, ColumnElement[bool]] = {
        "me": Ticket.assignee_id == by.id,
        "none": Ticket.assignee_id.is_(None),
    }
    return [*made, owners[who]] if who else made
