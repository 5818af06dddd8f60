"""/welcome: where a one-time link leads. An invitation makes an account, a reset a new password; both sign in."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from appliance.services import sign_in, staff_codes, throttle
from appliance.services.agents import AgentError
from appliance.services.staff_codes import CodeError, Offer
from appliance.web.auth import wait_words, welcome
from appliance.web.form_errors import agent_error, reader_language
from appliance.web.security import public

blueprint = Blueprint("staff_codes", __name__, url_prefix="/welcome")


@blueprint.errorhandler(CodeError)
def used_up(_error: CodeError) -> ResponseReturnValue:
    """Unknown, old and used links look alike."""
    return render_template("auth/link_used.html"), 410


@blueprint.get("/<code>")
@public
def open_link(code: str) -> ResponseReturnValue:
    return _page(staff_codes.look(code))


@blueprint.post("/<code>")
@public
def accept(code: str) -> ResponseReturnValue:
    subject = f"welcome:{request.remote_addr or ''}"
    offer = staff_codes.look(code)
    try:
        throttle.attempt(subject, free=sign_in.FREE_PER_ADDRESS)
        agent_id = _use(code, offer)
    except throttle.Throttled as wait:
        return _page(offer, {"": wait_words(wait.seconds)}, 429)
    except AgentError as error:
        return _page(offer, agent_error(error), 422)
    throttle.succeeded(subject)
    return welcome(sign_in.begin(agent_id, request.remote_addr or "", request.user_agent.string), "/")


def _use(code: str, offer: Offer) -> int:
    form = request.form
    if offer.purpose == "reset":
        return staff_codes.choose_password(code, form.get("password", ""))
    name = form.get("name", "") or offer.name
    return staff_codes.join(code, form.get("login", ""), name, form.get("password", ""), reader_language())


def _page(offer: Offer, errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    return render_template("auth/welcome.html", offer=offer, errors=errors or {}, given=request.form), status
