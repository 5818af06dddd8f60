"""Groups the bot was added to: a yes or a no, on the inbox and on the connection's page."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from appliance.services import groups
from appliance.services.groups import GroupError
from appliance.web.htmx import htmx
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint


@blueprint.get("/groups/strip")
@only_for("owner", "manager")
def groups_strip() -> ResponseReturnValue:
    """What stands above the list of tickets; the page fetches it again when a group has news."""
    return render_template("settings/_groups_strip.html")


@blueprint.post("/groups/<int:address_id>/allow")
@only_for("owner", "manager")
def allow_group(address_id: int) -> ResponseReturnValue:
    return _decided(groups.allow, address_id)


@blueprint.post("/groups/<int:address_id>/refuse")
@only_for("owner", "manager")
def refuse_group(address_id: int) -> ResponseReturnValue:
    return _decided(groups.refuse, address_id)


def _decided(decide: groups.Decision, address_id: int) -> ResponseReturnValue:
    try:
        connection_id = decide(address_id, g.actor)
    except GroupError:
        abort(404)
    if htmx.partial:
        return groups_strip()
    return redirect(url_for("settings.connection", connection_id=connection_id, _anchor="groups"), 303)
