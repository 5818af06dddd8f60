"""The settings' sections, and who may open them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.web.security import only_for

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
# The one section that agents have as well.
_EVERYBODYS = "saved_replies"


@dataclass(frozen=True)
class Section:
    label: str
    href: str
    icon: str
    current: bool


@blueprint.get("/")
@only_for("owner", "manager")
def index() -> ResponseReturnValue:
    return redirect(url_for("settings.company" if g.agent.role == "owner" else "settings.connections"))


def page(template: str, *, status: int = 200, **facts: object) -> ResponseReturnValue:
    """A settings page with its tabs."""
    return render_template(f"settings/{template}.html", sections=_sections(), **facts), status


def _sections() -> list[Section]:
    known = [
        (_("Company"), "company", "building-2", True),
        (_("Connections"), "connections", "plug", False),
        (_("Ways in"), "ways_in", "qr-code", False),
        (_("Templates"), "templates", "clipboard-list", False),
        (_("Fields and tags"), "fields_and_tags", "tags", False),
        (_("Saved replies"), _EVERYBODYS, "zap", False),
        (_("Staff"), "staff", "users", True),
        (_("Teams"), "team_list", "briefcase", True),
        (_("Plugins"), "plugins", "puzzle", True),
        (_("Journal"), "journal", "book-open", True),
    ]
    return [
        Section(label, url_for(f"settings.{name}"), icon, _is_open(name))
        for label, name, icon, owners_only in known
        if g.agent.role == "owner" or name == _EVERYBODYS or (g.agent.role == "manager" and not owners_only)
    ]


def _is_open(name: str) -> bool:
    return request.path.startswith(url_for(f"settings.{name}"))
