"""Step three: the owner's account. From here on the box belongs to somebody, and the code is gone."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.services import setup, sign_in
from appliance.services.agents import AgentError
from appliance.web.auth import welcome
from appliance.web.form_errors import agent_error
from appliance.web.security import public
from appliance.web.setup.steps import PROOF, blueprint, claimed, show


@blueprint.get("/owner")
@public
@claimed
def owner() -> ResponseReturnValue:
    return _form({})


@blueprint.post("/owner")
@public
@claimed
def make_owner() -> ResponseReturnValue:
    form = request.form
    try:
        agent_id = setup.make_owner(
            str(session.get(PROOF, "")), form.get("login", ""), form.get("name", ""), form.get("password", "")
        )
    except AgentError as error:
        return _form(agent_error(error))
    except setup.SetupError:
        return redirect(url_for("setup.start"))
    setup.go_to("bot")
    token = sign_in.begin(agent_id, request.remote_addr or "", request.user_agent.string)
    return welcome(token, url_for("setup.bot"))


def _form(errors: dict[str, str]) -> ResponseReturnValue:
    given = {name: request.form.get(name, "") for name in ("login", "name")}
    return show("owner", status=422 if errors else 200, values=given, errors=errors)
