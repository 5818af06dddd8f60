"""Saved views: named, shared, put in order, thrown away."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import views
from appliance.services.filters import Filters
from appliance.services.views import ViewError
from appliance.web import filter_words, list_state

blueprint = Blueprint("views", __name__, url_prefix="/views")


@blueprint.errorhandler(ViewError)
def refused(error: ViewError) -> ResponseReturnValue:
    """Said on the page where views are looked after."""
    flash(_words(error.code), "danger")
    return redirect(url_for("views.index"), 303)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    found = views.of(g.actor)
    groups = (
        (_("My views"), [view for view in found if not view.shared]),
        (_("Shared views"), [view for view in found if view.shared]),
    )
    deleted = request.args.get("deleted", type=int)
    return render_template("desk/views.html", groups=groups, describe=_describe, deleted=deleted)


@blueprint.post("/")
def save() -> ResponseReturnValue:
    """The list of `query` under a name of its own."""
    shown = list_state.read_pairs(_query())
    shared = request.form.get("shared") == "1"
    made = views.create(request.form.get("name", ""), shown.filters, shown.sort, g.actor, shared=shared)
    return redirect(url_for("desk.inbox", view=made), 303)


@blueprint.post("/<int:view_id>/keep")
def keep(view_id: int) -> ResponseReturnValue:
    """The view as it is shown now, from now on."""
    shown = list_state.read_pairs(_query())
    views.change(view_id, g.actor, filters=shown.filters, sort=shown.sort)
    return redirect(url_for("desk.inbox", view=view_id), 303)


@blueprint.post("/<int:view_id>")
def change(view_id: int) -> ResponseReturnValue:
    form = request.form
    changed = {"name": form.get("name", ""), "counted": form.get("counted") == "1"}
    if g.agent.role in ("owner", "manager"):
        changed["shared"] = form.get("shared") == "1"
    views.change(view_id, g.actor, **changed)
    return redirect(url_for("views.index"), 303)


@blueprint.post("/<int:view_id>/<any(up, down):direction>")
def move(view_id: int, direction: str) -> ResponseReturnValue:
    views.move(view_id, direction == "up", g.actor)
    return redirect(url_for("views.index", _anchor=f"view-{view_id}"), 303)


@blueprint.post("/<int:view_id>/remove")
def remove(view_id: int) -> ResponseReturnValue:
    """Back on the page there is a button that undoes it."""
    views.remove(view_id, g.actor)
    return redirect(url_for("views.index", deleted=view_id), 303)


@blueprint.post("/<int:view_id>/restore")
def restore(view_id: int) -> ResponseReturnValue:
    views.bring_back(view_id, g.actor)
    return redirect(url_for("views.index", _anchor=f"view-{view_id}"), 303)


def _query() -> list[tuple[str, str]]:
    return parse_qsl(request.form.get("query", "")[:4000], max_num_fields=100)


def _describe(filters: Filters) -> str:
    """One line: 'All · Tag: invoice · Due: overdue'."""
    shown = list_state.Shown(filters, "")
    said = [f"{chip.kind}: {chip.text}" for chip in filter_words.chips(shown)]
    return " · ".join([filter_words.tab(filters.tab), *said])


def _words(code: str) -> str:
    return {
        "not_found": _("This is no longer there."),
        "not_allowed": _("You may not do that."),
        "name_empty": _("A name is missing."),
        "too_many": _("There are enough views. Delete one that is no longer needed."),
    }[code]
