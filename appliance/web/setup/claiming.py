"""Step one: the code that only who installed the box can read."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance import paths
from appliance.services import agents, setup
from appliance.services.throttle import Throttled
from appliance.web.auth import wait_words
from appliance.web.languages import page_language
from appliance.web.security import public
from appliance.web.setup.steps import PROOF, blueprint, show

SERVICE_COMMAND = Path("/usr/local/bin/appliance")


@blueprint.get("/claim")
@public
def claim() -> ResponseReturnValue:
    return redirect(url_for("setup.start")) if agents.owner_exists() else _form()


@blueprint.post("/claim")
@public
def try_code() -> ResponseReturnValue:
    try:
        proof = setup.claim(request.form.get("code", ""), request.remote_addr or "")
    except Throttled as wait:
        return _form(wait_words(wait.seconds), 429)
    except setup.SetupError as error:
        if error.code == "claimed":
            return redirect(url_for("setup.start"))
        return _form(_words(error.code), 422)
    language = page_language()
    session.clear()
    session.update({PROOF: proof, "language": language})
    return redirect(url_for("setup.start"))


def _words(code: str) -> str:
    if code == "no_code":
        return _("No code is waiting, or it is older than a day. Make a new one as told below.")
    return _("This is not the code. Read it again, or make a new one as told below.")


def _form(error: str = "", status: int = 200) -> ResponseReturnValue:
    return show("claim", status=status, error=error, command=_command(), code=request.form.get("code", ""))


def _command() -> str:
    """What to type on the box to get a code."""
    if SERVICE_COMMAND.exists():
        return "sudo appliance setup-code"
    own = Path(sys.prefix)
    inside = own.is_relative_to(paths.RELEASE)
    return f"{own.relative_to(paths.RELEASE)}/bin/appliance setup-code" if inside else "appliance setup-code"
