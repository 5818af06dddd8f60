"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services import setup, sign_in
from appliance.services.throttle import Throttled
from appliance.web import cookies
from appliance.web.addresses import local
from appliance.web.security import public

blueprint = Blueprint("auth", __name__)


@blueprint.get("/login")
@public
def login() -> ResponseReturnValue:
    if g.agent is not None:
        return redirect(local(request.args.get("next")))
    return _form()


@blueprint.post("/login")
@public
def enter() -> ResponseReturnValue:
    name, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = sign_in.sign_in(name, password, request.remote_addr or "", request.user_agent.string)
    except sign_in.WrongPassword:
        return _form(_("Login or password is wrong."), 422)
    except Throttled as wait:
        return _form(wait_words(wait.seconds), 429)
    return welcome(token, _next())


@blueprint.post("/logout")
@public
def leave() -> ResponseReturnValue:
    if g.sign_in_id is not None:
        sign_in.end(g.sign_in_id)
    session.clear()
    response = make_response(redirect(url_for("auth.login")))
    cookies.take_token(response)
    return response


def welcome(token: str, address: str) -> ResponseReturnValue:
    """Send a browser on with its new session; what it held before counts no more."""
    known = sign_in.recognise(token)
    session.clear()
    response = make_response(redirect(address, 303))
    cookies.give_token(response, token)
    if known is not None:
        cookies.give_theme(response, known.agent.theme)
    return response


def wait_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("Too many tries. Wait %(num)s second.", "Too many tries. Wait %(num)s seconds.", seconds)
    minutes = -(-seconds // 60)
    return ngettext("Too many tries. Wait %(num)s minute.", "Too many tries. Wait %(num)s minutes.", minutes)


def _next() -> str:
    """An owner who left the wizard half-way goes on there."""
    wanted = local(request.form.get("next"))
    return url_for("setup.start") if wanted == "/" and setup.step() else wanted


def _form(error: str = "", status: int = 200) -> ResponseReturnValue:
    back = local(request.values.get("next"), "")
    return render_template("auth/login.html", error=error, next=back, login=request.form.get("login", "")), status
