"""Ways in: made, renamed, retired; each with its link and what to paste where."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services import contact_templates, entrance_list, entrances, teams, ticket_templates
from appliance.services.connection_list import all_connections
from appliance.services.entrance_list import EntranceView
from appliance.services.entrances import EntranceError, Sorting
from appliance.web import way_in_texts
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page

_NOTHING = Sorting()


@blueprint.get("/ways-in/")
@only_for("owner", "manager")
def ways_in() -> ResponseReturnValue:
    return _page({})


@blueprint.post("/ways-in/")
@only_for("owner", "manager")
def make_ways_in() -> ResponseReturnValue:
    """One for each line."""
    connection_id = request.form.get("connection", default=0, type=int)
    try:
        made = entrances.make(connection_id, request.form.get("places", "").splitlines(), _sorting(), g.actor)
    except EntranceError as error:
        return _page(_words(error))
    flash(ngettext("%(num)s way in was made.", "%(num)s ways in were made.", len(made)), "ok")
    return redirect(url_for("settings.ways_in", _anchor=f"way-in-{made[0]}"), 303)


@blueprint.post("/ways-in/<int:entrance_id>")
@only_for("owner", "manager")
def change_way_in(entrance_id: int) -> ResponseReturnValue:
    try:
        entrances.change(entrance_id, request.form.get("place", ""), _sorting(), g.actor)
    except EntranceError as error:
        if error.code == "not_found":
            abort(404)
        flash(" ".join(_words(error).values()), "danger")
    else:
        flash(_("Saved."), "ok")
    return redirect(url_for("settings.ways_in", _anchor=f"way-in-{entrance_id}"), 303)


@blueprint.post("/ways-in/<int:entrance_id>/retired")
@only_for("owner", "manager")
def retire_way_in(entrance_id: int) -> ResponseReturnValue:
    try:
        entrances.retire(entrance_id, g.actor, request.form.get("retired") == "1")
    except EntranceError:
        abort(404)
    return redirect(url_for("settings.ways_in", _anchor=f"way-in-{entrance_id}"), 303)


def way_in_or_404(entrance_id: int) -> EntranceView:
    found = entrance_list.find(entrance_id)
    if found is None:
        abort(404)
    return found


def _page(errors: dict[str, str]) -> ResponseReturnValue:
    found = entrance_list.all_entrances()
    return page(
        "ways_in",
        status=422 if errors else 200,
        ways=[view for view in found if view.retired_at is None],
        retired=[view for view in found if view.retired_at is not None],
        connections=[(view.id, view.title) for view in all_connections()],
        teams=list(teams.names().items()),
        templates=ticket_templates.choices(),
        contact_templates=contact_templates.choices(),
        texts=way_in_texts.of,
        given=request.form if errors else {},
        nothing=_NOTHING,
        errors=errors,
    )


def _sorting() -> Sorting:
    form = request.form
    team, template = form.get("team", type=int) or None, form.get("template", type=int) or None
    return Sorting(form.get("source", ""), team, template, form.get("contact_template", type=int) or None)


def _words(error: EntranceError) -> dict[str, str]:
    """{field: words}"""
    known = {
        "place_empty": ("places", _("Please name at least one place.")),
        "too_many": ("places", _("At most 50 at once.")),
        "no_connection": ("connection", _("Please choose one of these.")),
        "no_team": ("team", _("Please choose one of these.")),
        "no_template": ("template", _("Please choose one of these.")),
        "no_contact_template": ("contact_template", _("Please choose one of these.")),
    }
    field, words = known.get(error.code, ("places", _("This is no longer there.")))
    return {field: words}
