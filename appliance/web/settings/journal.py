"""Who did what, for the owner."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import agents, audit
from appliance.web import audit_words
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/journal/")
@only_for("owner")
def journal() -> ResponseReturnValue:
    subject, agent_id = request.args.get("about", ""), request.args.get("agent", type=int)
    found = audit.find(g.actor, subject, agent_id, request.args.get("before", type=int))
    return page(
        "journal",
        lines=[(line, audit_words.describe(line)) for line in found.lines],
        more=found.more,
        about=subject,
        agent_id=agent_id,
        subjects=_subjects(),
        agents=agents.everyone(),
    )


def _subjects() -> list[tuple[str, str]]:
    return [
        ("", _("Everything")),
        ("staff", _("Staff and teams")),
        ("settings", _("Settings")),
        ("tickets", _("Tickets")),
        ("contacts", _("Customers")),
        ("messages", _("Messages")),
        ("files", _("Files")),
    ]
