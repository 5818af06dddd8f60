"""The last step: write to the bot from a phone and see it arrive."""

from __future__ import annotations

import time
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.services import connections, first_contact, setup
from appliance.services.connecting import ConnectProblem, explain_trouble
from appliance.services.connection_list import ConnectionView, all_connections
from appliance.web import qr
from appliance.web.form_errors import connect_problem, reader_language
from appliance.web.security import only_for
from appliance.web.setup.steps import blueprint, show

# Then it is time to look at what may be wrong.
PATIENCE = 60


@blueprint.get("/hello")
@only_for("owner")
def hello() -> ResponseReturnValue:
    connected = all_connections()
    if not connected:
        setup.go_to("bot")
        return redirect(url_for("setup.bot"))
    view = connected[-1]
    return show(
        "hello",
        connection=view,
        qr=qr.as_address(view.account.link if view.account else ""),
        since=int(time.time()),
        **_news(view, late=False),
    )


@blueprint.get("/hello/news")
@only_for("owner")
def news() -> ResponseReturnValue:
    """What the page asks for every two seconds."""
    connected = all_connections()
    if not connected:
        return "", 204
    since = request.args.get("since", default=0, type=int)
    facts = _news(connected[-1], late=time.time() - since > PATIENCE)
    return render_template("setup/_news.html", connection=connected[-1], since=since, **facts)


@blueprint.post("/hello/check")
@only_for("owner")
def check_again() -> ResponseReturnValue:
    """Ask the messenger once more about a token that could not be checked before."""
    connected = all_connections()
    if not connected:
        return redirect(url_for("setup.bot"))
    try:
        connections.verify(connected[-1].id, g.actor)
    except ConnectProblem as problem:
        view, reason = connected[-1], connect_problem(problem)
        facts = _news(view, late=False)
        return show("hello", connection=view, qr="", since=int(time.time()), **{**facts, "trouble": reason})
    return redirect(url_for("setup.hello"))


def _news(view: ConnectionView, *, late: bool) -> dict[str, Any]:
    trouble = (
        explain_trouble(view.channel, view.trouble, view.trouble_params, reader_language()) if view.trouble else None
    )
    return {"first": first_contact.newest(), "trouble": trouble, "late": late, "warnings": _warnings(view)}


def _warnings(view: ConnectionView) -> list[object]:
    account = view.account
    known = account.warnings if account else ()
    return [explain_trouble(view.channel, code, params, reader_language()) for code, params in known]
