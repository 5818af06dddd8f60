"""The wizard's order, and who may be at which step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from appliance.services import agents, setup
from appliance.web.security import public

blueprint = Blueprint("setup", __name__, url_prefix="/setup")
PROOF = "setup_proof"
View = Callable[[], ResponseReturnValue]


def show(step: str, *, status: int = 200, **facts: Any) -> ResponseReturnValue:
    """A step's page, with the row of steps above it."""
    return render_template(f"setup/{step}.html", step=step, steps=("claim", *setup.STEPS), **facts), status


def holds_proof() -> bool:
    return setup.holds(str(session.get(PROOF, "")))


def claimed(view: View) -> View:
    """For steps before there is an owner: only the browser that gave the right code."""

    @wraps(view)
    def guarded() -> ResponseReturnValue:
        return view() if holds_proof() else redirect(url_for("setup.start"))

    return guarded


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """Wherever the wizard was left."""
    if agents.owner_exists():
        return _go_on_as_owner()
    if not holds_proof():
        return redirect(url_for("setup.claim"))
    return redirect(url_for("setup.owner" if setup.step() == "owner" else "setup.company"))


def _go_on_as_owner() -> ResponseReturnValue:
    if g.agent is None:
        return redirect(url_for("auth.login"))
    step = setup.step()
    return redirect(url_for(f"setup.{step}") if step in ("bot", "hello") and g.agent.role == "owner" else "/")
