"""Step four: the first connection."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from appliance.services import setup
from appliance.services.channels import channels
from appliance.services.connection_list import all_connections
from appliance.web.connect_form import ConnectForm, channel_or_404, submit
from appliance.web.security import only_for
from appliance.web.setup.steps import blueprint, show


@blueprint.get("/bot")
@only_for("owner")
def bot() -> ResponseReturnValue:
    known = list(channels().values())
    if all_connections() or not known:
        return redirect(url_for("setup.hello"))
    wanted = request.args.get("channel") or known[0].name
    return show("bot", form=ConnectForm(channel_or_404(wanted)), channels=known)


@blueprint.post("/bot")
@only_for("owner")
def connect_bot() -> ResponseReturnValue:
    outcome = submit(channel_or_404(request.form.get("channel", "")))
    if isinstance(outcome, ConnectForm):
        return show("bot", status=422, form=outcome, channels=list(channels().values()))
    setup.go_to("hello")
    return redirect(url_for("setup.hello"))


@blueprint.post("/finish")
@only_for("owner")
def finish() -> ResponseReturnValue:
    """Done, or skipped: connections can be added in the settings at any time."""
    setup.go_to("")
    return redirect("/")
