"""Who works here."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import agents, passwords
from appliance.services.agents import AgentError, AgentView
from appliance.web.form_errors import agent_error
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/staff/")
@only_for("owner")
def staff() -> ResponseReturnValue:
    return _page({})


@blueprint.post("/staff/")
@only_for("owner")
def add_agent() -> ResponseReturnValue:
    """The password is made up here and shown once, to be handed over."""
    form, password = request.form, passwords.invent()
    try:
        agents.add(form.get("login", ""), form.get("name", ""), form.get("role", ""), password, g.actor)
    except AgentError as error:
        return _page(agent_error(error))
    return _page({}, told=(form.get("login", "").strip().lower(), password), given={})


@blueprint.post("/staff/<int:agent_id>")
@only_for("owner")
def change_agent(agent_id: int) -> ResponseReturnValue:
    """Role, or whether they still work here."""
    active = request.form.get("active")
    try:
        agents.change(
            agent_id, g.actor, role=request.form.get("role"), active=None if active is None else active == "1"
        )
    except AgentError as error:
        flash(" ".join(agent_error(error).values()), "danger")
    return redirect(url_for("settings.staff"), 303)


@blueprint.post("/staff/<int:agent_id>/password")
@only_for("owner")
def new_password(agent_id: int) -> ResponseReturnValue:
    """For somebody who forgot theirs; shown once."""
    password = passwords.invent()
    known = next((agent for agent in agents.everyone() if agent.id == agent_id), None)
    try:
        agents.set_password(agent_id, password, g.actor, keep_sign_in=g.sign_in_id)
    except AgentError as error:
        return _page(agent_error(error))
    return _page({}, told=(known.login if known else "", password), given={})


def _page(
    errors: dict[str, str], *, told: tuple[str, str] | None = None, given: dict[str, str] | None = None
) -> ResponseReturnValue:
    shown = request.form.to_dict() if given is None else given
    status = 422 if errors else 200
    return page("staff", status=status, agents=_sorted(), roles=_roles(), errors=errors, told=told, given=shown)


def _sorted() -> list[AgentView]:
    return agents.everyone()


def _roles() -> list[tuple[str, str, str]]:
    """(role, its name, what it may do)."""
    return [
        ("agent", _("Agent"), _("Answers customers.")),
        ("manager", _("Manager"), _("Sees every ticket, and the connections' texts and rules.")),
        ("owner", _("Owner"), _("May do everything: staff, tokens, plugins.")),
    ]
