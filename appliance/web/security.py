"""Who may see what: every page needs a signed-in agent unless its view says `@public`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from appliance.services import agents, sign_in, visibility
from appliance.values import SYSTEM
from appliance.web import cookies

View = TypeVar("View", bound=Callable[..., Any])
_PUBLIC, _ROLES = "_appliance_public", "_appliance_roles"
# Served before the box is claimed as well; the wizard's pages are public themselves.
_BEFORE_CLAIM = frozenset({"static", "health.healthz", "languages.choose"})


def public(view: View) -> View:
    """Anybody on the network may ask for this page."""
    setattr(view, _PUBLIC, True)
    return view


def only_for(*roles: str) -> Callable[[View], View]:
    """Only agents of these roles; others get 403."""

    def mark(view: View) -> View:
        setattr(view, _ROLES, frozenset(roles))
        return view

    return mark


def must_see(ticket_id: int) -> None:
    """404 unless the reader may see this ticket: for views whose service would only do nothing."""
    if not visibility.sees(ticket_id, g.actor):
        abort(404)


def init_app(app: Flask) -> None:
    app.before_request(identify)
    app.before_request(guard)
    public(app.view_functions["static"])


def identify() -> None:
    """g.agent (AgentView or None), g.actor and g.sign_in_id of this request."""
    # Styles and scripts come in dozens and are the same for everybody.
    asked = cookies.token() if request.endpoint != "static" else ""
    known = sign_in.recognise(asked) if asked else None
    g.agent = known.agent if known else None
    g.actor = known.agent.actor if known else SYSTEM
    g.sign_in_id = known.sign_in_id if known else None


def guard() -> ResponseReturnValue | None:
    """Refuse what this visitor may not see. Default: deny."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None  # no such page; the error says so to everybody alike
    if g.agent is None:
        if _is_setup_due():
            return _to_setup()
        return None if getattr(view, _PUBLIC, False) else _ask_to_sign_in()
    roles = getattr(view, _ROLES, None)
    if roles is not None and g.agent.role not in roles:
        abort(403)
    return None


def _is_setup_due() -> bool:
    endpoint = request.endpoint or ""
    return endpoint not in _BEFORE_CLAIM and not endpoint.startswith("setup.") and not agents.owner_exists()


def _to_setup() -> ResponseReturnValue:
    return _elsewhere(url_for("setup.start"))


def _ask_to_sign_in() -> ResponseReturnValue:
    # Only what can be opened again by its address is worth coming back to.
    back = request.full_path.rstrip("?") if request.method == "GET" and not request.headers.get("HX-Request") else ""
    return _elsewhere(url_for("auth.login", next=back if back not in ("", "/") else None))


def _elsewhere(address: str) -> ResponseReturnValue:
    """A whole page is sent on; a script is told, and must not swap a sign-in page into the desk."""
    scripted = request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Dest", "document") != "document"
    if not scripted and request.method == "GET":
        return redirect(address)
    answer = make_response("", 401)
    answer.headers["X-Sign-In"] = address
    return answer
