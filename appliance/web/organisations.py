"""/organisations: companies several customers belong to."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import contact_list, organisations
from appliance.services.contact_list import Wanted
from appliance.services.organisations import OrganisationError
from appliance.web.security import only_for

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    search = request.args.get("q", "")[:120]
    return render_template("organisations/index.html", found=organisations.every(search), search=search)


@blueprint.get("/<int:organisation_id>")
def one(organisation_id: int) -> ResponseReturnValue:
    return _page(organisation_id, {})


@blueprint.post("/<int:organisation_id>")
def change(organisation_id: int) -> ResponseReturnValue:
    form = request.form
    try:
        organisations.change(organisation_id, form.get("name", ""), form.get("note", ""), g.actor)
    except OrganisationError as error:
        return _page(organisation_id, _explain(error))
    return redirect(url_for("organisations.one", organisation_id=organisation_id), 303)


@blueprint.post("/<int:organisation_id>/remove")
@only_for("owner", "manager")
def remove(organisation_id: int) -> ResponseReturnValue:
    try:
        organisations.remove(organisation_id, g.actor)
    except OrganisationError as error:
        flash(" ".join(_explain(error).values()), "danger")
        return redirect(url_for("organisations.one", organisation_id=organisation_id), 303)
    return redirect(url_for("organisations.index"), 303)


def _page(organisation_id: int, errors: dict[str, str]) -> ResponseReturnValue:
    found = organisations.find(organisation_id)
    if found is None:
        abort(404)
    wanted = Wanted(organisation_id=found.id, sort="name")
    people = contact_list.find(g.actor, wanted)
    given = request.form if errors else {"name": found.name, "note": found.note}
    page = render_template(
        "organisations/one.html", found=found, people=people, wanted=wanted, given=given, errors=errors
    )
    return page, 422 if errors else 200


def _explain(error: OrganisationError) -> dict[str, str]:
    """{field: words}; '' is the whole form."""
    known = {
        "name_empty": ("name", _("Please enter a name.")),
        "name_taken": ("name", _("There is a company of this name already.")),
        "in_use": ("", _("Somebody belongs to it: only a company without people can be removed.")),
    }
    field, words = known.get(error.code, ("", _("This is no longer there.")))
    return {field: words}
