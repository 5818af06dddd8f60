"""/me: what belongs to the signed-in person."""

from __future__ import annotations

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import agents, preferences, sign_in, throttle, undoing
from appliance.services.agents import AgentError
from appliance.services.core_settings import UNDO_CHOICES
from appliance.web import cookies, staff_links
from appliance.web.auth import wait_words
from appliance.web.form_errors import agent_error
from appliance.web.preferences import kinds

blueprint = Blueprint("profile", __name__, url_prefix="/me")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    return _page()


@blueprint.post("/")
def save() -> ResponseReturnValue:
    form = request.form
    try:
        agents.change(
            g.agent.id,
            g.actor,
            name=form.get("name", ""),
            language=form.get("language", ""),
            theme=form.get("theme", "auto"),
        )
        undoing.choose(form.get("undo", undoing.AS_COMPANY), g.actor)
        if form.get("density") in preferences.DENSITIES:
            preferences.choose(g.actor, density=form["density"])
    except AgentError as error:
        return _page(agent_error(error))
    flash(_("Saved."), "ok")
    response = make_response(redirect(url_for("profile.index"), 303))
    cookies.give_theme(response, form.get("theme", "auto"))
    return response


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    """The old one is asked for: whoever finds the desk open must not be able to keep it."""
    subject = f"password:{g.agent.id}"
    try:
        throttle.attempt(subject)
        if not agents.password_fits(g.agent.id, request.form.get("current", "")):
            return _page({"current": _("This is not your present password.")})
        throttle.succeeded(subject)
        agents.set_password(g.agent.id, request.form.get("password", ""), g.actor, keep_sign_in=g.sign_in_id)
    except throttle.Throttled as wait:
        return _page({"current": wait_words(wait.seconds)})
    except AgentError as error:
        return _page(agent_error(error))
    flash(_("Your password was changed. All other browsers were signed out."), "ok")
    return redirect(url_for("profile.index"), 303)


@blueprint.post("/sessions/<int:sign_in_id>/end")
def end_session(sign_in_id: int) -> ResponseReturnValue:
    sign_in.revoke(g.agent.id, sign_in_id)
    return redirect(url_for("profile.index"), 303)


@blueprint.post("/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    sign_in.revoke_others(g.agent.id, g.sign_in_id)
    flash(_("All other browsers were signed out."), "ok")
    return redirect(url_for("profile.index"), 303)


def _page(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    made = render_template(
        "profile/index.html",
        errors=errors or {},
        sessions=sign_in.sessions_of(g.agent.id),
        current=g.sign_in_id,
        undo=undoing.chosen(g.agent.id),
        undo_choices=UNDO_CHOICES,
        messengers=staff_links.messengers(g.agent.id),
        chosen=preferences.of(g.actor),
        notice_kinds=kinds(),
    )
    return made, 422 if errors else 200
