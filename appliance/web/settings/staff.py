"""Who works here: colleagues, invitations, new passwords, and somebody who leaves."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import agents, leaving, sign_in, staff_codes, teams
from appliance.services.agents import AgentError, AgentView
from appliance.web import qr
from appliance.web.form_errors import agent_error
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/staff/")
@only_for("owner")
def staff() -> ResponseReturnValue:
    return _page()


@blueprint.post("/staff/invitations")
@only_for("owner")
def invite() -> ResponseReturnValue:
    """The link is shown once, to be handed over: as words, or as a code for the colleague's phone."""
    form = request.form
    chosen = [int(each) for each in form.getlist("team") if each.isdecimal()]
    try:
        code = staff_codes.invite(form.get("name", ""), form.get("role", ""), chosen, g.actor)
    except AgentError as error:
        return _page(agent_error(error), given=form.to_dict())
    return _page(told=(" ".join(form.get("name", "").split()), _link(code)))


@blueprint.post("/staff/invitations/<int:code_id>/withdraw")
@only_for("owner")
def withdraw_invitation(code_id: int) -> ResponseReturnValue:
    staff_codes.withdraw(code_id, g.actor)
    return redirect(url_for("settings.staff"), 303)


@blueprint.post("/staff/<int:agent_id>/reset")
@only_for("owner")
def reset_password(agent_id: int) -> ResponseReturnValue:
    """A link for somebody who forgot theirs; the old password goes on until it is used."""
    try:
        code = staff_codes.reset(agent_id, g.actor)
    except AgentError as error:
        return _page(agent_error(error))
    known = next((agent for agent in agents.everyone() if agent.id == agent_id), None)
    return _page(told=(known.name if known else "", _link(code)))


@blueprint.post("/staff/<int:agent_id>")
@only_for("owner")
def change_agent(agent_id: int) -> ResponseReturnValue:
    """Role, or whether they still work here; `heir` gets the tickets of somebody who leaves."""
    active, heir = request.form.get("active"), request.form.get("heir", "")
    try:
        agents.change(
            agent_id,
            g.actor,
            role=request.form.get("role"),
            active=None if active is None else active == "1",
            heir=int(heir) if heir.isdecimal() else None,
        )
    except AgentError as error:
        flash(" ".join(agent_error(error).values()), "danger")
    return redirect(url_for("settings.staff"), 303)


@blueprint.post("/staff/<int:agent_id>/sign-out")
@only_for("owner")
def sign_out_everywhere(agent_id: int) -> ResponseReturnValue:
    sign_in.revoke_others(agent_id, g.sign_in_id)
    flash(_("They are signed out everywhere."), "ok")
    return redirect(url_for("settings.staff"), 303)


@blueprint.get("/staff/<int:agent_id>/leave")
@only_for("owner")
def leave(agent_id: int) -> ResponseReturnValue:
    """What happens when somebody leaves, and who gets their tickets."""
    found = next((agent for agent in agents.everyone() if agent.id == agent_id and agent.active), None)
    if found is None:
        return redirect(url_for("settings.staff"), 303)
    others = [agent for agent in agents.everyone() if agent.active and agent.id != agent_id]
    return page("staff/leave", agent=found, others=others, held=leaving.count_open(agent_id))


def _page(
    errors: dict[str, str] | None = None, *, told: tuple[str, str] | None = None, given: dict[str, str] | None = None
) -> ResponseReturnValue:
    everybody = agents.everyone()
    return page(
        "staff/index",
        status=422 if errors else 200,
        agents=everybody,
        sessions={agent.id: len(sign_in.sessions_of(agent.id)) for agent in everybody if agent.active},
        invitations=staff_codes.waiting(),
        teams=teams.names(),
        teams_of=_teams_of(everybody),
        roles=roles(),
        errors=errors or {},
        told=told,
        picture=qr.as_address(told[1]) if told else "",
        given=given or {},
    )


def _teams_of(everybody: list[AgentView]) -> dict[int, list[str]]:
    known = teams.everyone()
    return {agent.id: [team.name for team in known if agent.id in team.members] for agent in everybody}


def _link(code: str) -> str:
    return url_for("staff_codes.open_link", code=code, _external=True)


def roles() -> list[tuple[str, str, str]]:
    """(role, its name, what it may do)."""
    return [
        ("agent", _("Agent"), _("Answers customers.")),
        ("manager", _("Manager"), _("Sees every ticket, and the connections' texts and rules.")),
        ("owner", _("Owner"), _("May do everything: staff, tokens, plugins.")),
    ]
