"""/customers/…/merge: two cards of one person become one; and one again two."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import contact_card, contact_list, contact_merging
from appliance.services.arrangements import ArrangeError
from appliance.services.contact_card import Person
from appliance.services.contact_list import Wanted

blueprint = Blueprint("merging", __name__)


@blueprint.get("/customers/<int:contact_id>/merge")
def form(contact_id: int) -> ResponseReturnValue:
    """`q` searches for the other one; `other` is whom they are to be one with."""
    person, other = _person(contact_id), request.args.get("other", type=int)
    if other is not None:
        return render_template("contacts/merge_confirm.html", person=person, other=_person(other))
    search = request.args.get("q", "")[:200]
    found = contact_list.find(g.actor, Wanted(search=search), limit=20).rows
    others = [row for row in found if row.id != person.id and not row.group]
    return render_template("contacts/merge.html", person=person, others=others, search=search)


@blueprint.post("/customers/<int:contact_id>/merge")
def merge(contact_id: int) -> ResponseReturnValue:
    """`other` and this one; `kept` is which of them remains."""
    person, other = _person(contact_id), _person(request.form.get("other", 0, type=int))
    kept, gone = (other, person) if request.form.get("kept", type=int) == other.id else (person, other)
    try:
        contact_merging.merge(kept.id, gone.id, g.actor)
    except ArrangeError:
        flash(_("These two cannot be made one."), "danger")
        return redirect(url_for("contacts.one", contact_id=person.id), 303)
    flash(_("%(gone)s is part of %(kept)s now.", gone=gone.name, kept=kept.name), "ok")
    return redirect(url_for("contacts.one", contact_id=kept.id), 303)


@blueprint.post("/customers/<int:contact_id>/unmerge")
def undo(contact_id: int) -> ResponseReturnValue:
    person = _person(contact_id)
    try:
        contact_merging.undo(request.form.get("arrangement", 0, type=int), g.actor)
        flash(_("They are two customers again."), "ok")
    except ArrangeError:
        flash(_("This can no longer be undone."), "danger")
    return redirect(url_for("contacts.one", contact_id=person.id), 303)


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"merged_people": contact_card.merged_people}


def _person(contact_id: int) -> Person:
    found = contact_card.find(contact_id, g.actor)
    if found is None:
        abort(404)
    return found
