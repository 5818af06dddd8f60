"""Teams: their members, who sees their tickets, how new ones are shared out."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import agents, teams
from appliance.services.team_words import TEAM_ERRORS
from appliance.services.teams import TeamError
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/teams/")
@only_for("owner")
def team_list() -> ResponseReturnValue:
    return _page()


@blueprint.post("/teams/")
@only_for("owner")
def add_team() -> ResponseReturnValue:
    try:
        teams.add(request.form.get("name", ""), g.actor)
    except TeamError as error:
        return _page(_(TEAM_ERRORS[error.code]), request.form.get("name", ""))
    return _back()


@blueprint.post("/teams/<int:team_id>")
@only_for("owner")
def change_team(team_id: int) -> ResponseReturnValue:
    """The whole form of one team."""
    form = request.form
    try:
        teams.change(team_id, g.actor, name=form.get("name"), closed="closed" in form, sharing=form.get("sharing", ""))
        teams.set_members(team_id, [int(each) for each in form.getlist("member") if each.isdecimal()], g.actor)
    except TeamError as error:
        flash(_(TEAM_ERRORS[error.code]), "danger")
    else:
        flash(_("Saved."), "ok")
    return _back()


@blueprint.post("/teams/<int:team_id>/remove")
@only_for("owner")
def remove_team(team_id: int) -> ResponseReturnValue:
    try:
        teams.remove(team_id, g.actor)
    except TeamError as error:
        flash(_(TEAM_ERRORS[error.code]), "danger")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("settings.team_list"), 303)


def _page(error: str = "", name: str = "") -> ResponseReturnValue:
    return page(
        "teams",
        status=422 if error else 200,
        teams=teams.everyone(),
        agents=[agent for agent in agents.everyone() if agent.active],
        sharings=sharings(),
        error=error,
        name=name,
    )


def sharings() -> list[tuple[str, str, str]]:
    """(value, its name, what happens)."""
    return [
        ("", _("Nobody by itself"), _("Whoever is free takes a ticket.")),
        ("round_robin", _("In turns"), _("Those who are present get new tickets one after the other.")),
        ("least_busy", _("The least busy"), _("Whoever is present and has the fewest open tickets gets the new one.")),
    ]
