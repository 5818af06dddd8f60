"""The list of connections, adding one, giving one another token, pausing it."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import connections as service
from appliance.services.channels import channels
from appliance.services.connecting import ConnectProblem, explain_trouble
from appliance.services.connection_list import ConnectionView, all_connections, find
from appliance.web.connect_form import ConnectForm, channel_or_404, submit
from appliance.web.form_errors import connect_problem, reader_language
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/connections/")
@only_for("owner", "manager")
def connections() -> ResponseReturnValue:
    return page("connections", views=all_connections(), explain=explain_view)


@blueprint.get("/connections/new")
@only_for("owner")
def new_connection() -> ResponseReturnValue:
    known = list(channels().values())
    if not known:
        abort(404)
    form = ConnectForm(channel_or_404(request.args.get("channel") or known[0].name))
    return page("connection_new", form=form, channels=known)


@blueprint.post("/connections/new")
@only_for("owner")
def add_connection() -> ResponseReturnValue:
    outcome = submit(channel_or_404(request.form.get("channel", "")))
    if isinstance(outcome, ConnectForm):
        return page("connection_new", status=422, form=outcome, channels=list(channels().values()))
    flash(_stored_words(outcome.unverified), "warn" if outcome.unverified else "ok")
    return redirect(url_for("settings.connection", connection_id=outcome.id), 303)


@blueprint.post("/connections/<int:connection_id>/token")
@only_for("owner")
def replace_token(connection_id: int) -> ResponseReturnValue:
    """New values for the connect form's fields, or the stored ones checked once more."""
    channel = channel_or_404(view_or_404(connection_id).channel)
    given = {field.name: request.form[field.name] for field in channel.form if field.name in request.form}
    cleared = [field.name for field in channel.form if f"clear_{field.name}" in request.form]
    try:
        outcome = service.replace(connection_id, given, g.actor, cleared)
    except ConnectProblem as problem:
        reason = connect_problem(problem)
        flash(f"{reason.text} {reason.advice}".strip(), "danger")
    else:
        flash(_stored_words(outcome.unverified), "warn" if outcome.unverified else "ok")
    return redirect(url_for("settings.connection", connection_id=connection_id), 303)


@blueprint.post("/connections/<int:connection_id>/take-over")
@only_for("owner")
def take_over(connection_id: int) -> ResponseReturnValue:
    view_or_404(connection_id)
    try:
        service.take_over(connection_id, g.actor)
    except ConnectProblem as problem:
        reason = connect_problem(problem)
        flash(f"{reason.text} {reason.advice}".strip(), "danger")
    else:
        flash(_("Messages come here now."), "ok")
    return redirect(url_for("settings.connection", connection_id=connection_id), 303)


@blueprint.post("/connections/<int:connection_id>/enabled")
@only_for("owner")
def enable(connection_id: int) -> ResponseReturnValue:
    view_or_404(connection_id)
    service.set_enabled(connection_id, request.form.get("enabled") == "1", g.actor)
    return redirect(url_for("settings.connection", connection_id=connection_id), 303)


def view_or_404(connection_id: int) -> ConnectionView:
    view = find(connection_id)
    if view is None:
        abort(404)
    return view


def explain_view(view: ConnectionView) -> object:
    """Its trouble in words; None when there is none."""
    if not view.trouble:
        return None
    return explain_trouble(view.channel, view.trouble, view.trouble_params, reader_language())


def _stored_words(unverified: bool) -> str:
    if unverified:
        return _("Stored, but it could not be checked now. It will work as soon as the messenger can be reached.")
    return _("Connected.")
