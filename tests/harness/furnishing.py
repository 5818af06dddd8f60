"""A shop as it looks after some weeks: something stands on every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from appliance.services import (
    contact_templates,
    contacts,
    fields,
    saved_reply_changes,
    staff_codes,
    subtasks,
    teams,
    ticket_facts,
    ticket_templates,
    views,
)
from appliance.services.filters import Filters
from appliance.values import Actor


@dataclass(frozen=True)
class Furniture:
    """What has an address of its own; `code` opens an invitation."""

    subtask: int
    ticket_template: int
    contact_template: int
    view: int
    code: str


def furnish(by: Actor, ticket: int, contact: int) -> dict[str, Any]:
    """Furniture as JSON has it; this ticket, its customer and the settings have everything on them afterwards."""
    team = teams.add("Workshop", by)
    _write_down(contact, by)
    _define_fields(by)
    ticket_facts.put_tags(ticket, ["refund", "vip", "wholesale"], by)
    saved_reply_changes.save(saved_reply_changes.Wanted("Hours", {"en": "We open at [[hour]]."}, shared=True), by)
    return asdict(
        Furniture(
            subtask=subtasks.make(ticket, subtasks.Wanted("Ask the maker"), by),
            ticket_template=ticket_templates.make(ticket_templates.TicketTemplateForm("Repair", team_id=team), by),
            contact_template=contact_templates.make(contact_templates.ContactTemplateForm("Wholesale"), by),
            view=views.create("Refunds", Filters("all", (("tag", "refund"),)), "", by, shared=True),
            code=staff_codes.invite("Vera", "agent", [team], by),
        )
    )


def _write_down(contact: int, by: Actor) -> None:
    written = {"organisation": "Bakery No. 5", "phone": "+7 921 555-01-02", "tags": "vip", "note": "Rings twice"}
    for what, value in written.items():
        contacts.change(contact, what, value, by)


def _define_fields(by: Actor) -> None:
    for scope in ("ticket", "contact"):
        fields.define(scope, "Model", "text", [], by)
        fields.define(scope, "Colour", "choice", ["red", "blue"], by)
    fields.define("ticket", "Bought", "date", [], by)
    fields.define("ticket", "Price", "money", [], by)
