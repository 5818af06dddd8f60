"""/customers: all of them, one of them, and what staff write down of them; what is written takes effect at once."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import barring, contact_card, contact_list, contacts, joining, organisations
from appliance.services.contact_card import Person
from appliance.services.contact_list import Wanted
from appliance.services.contacts import ContactError
from appliance.web import contact_words, error_words
from appliance.web.htmx import htmx, triggered, vary

blueprint = Blueprint("contacts", __name__)
SHOWN = ("tickets", "files", "notes")


@blueprint.errorhandler(ContactError)
def refused(error: ContactError) -> ResponseReturnValue:
    """One line for the toast; what was typed stays in the field."""
    return error_words.plain(error.code, error.params)


@blueprint.get("/customers")
def index() -> ResponseReturnValue:
    wanted = _wanted()
    page = contact_list.find(g.actor, wanted, request.args.get("after", "")[:400])
    facts = {"people": page, "wanted": wanted}
    if "after" in request.args:
        return render_template("contacts/_rows.html", **facts)
    facts["count"] = contact_list.count(g.actor, wanted)
    name = "contacts/_found.html" if htmx.partial else "contacts/index.html"
    return vary(make_response(render_template(name, **facts)))


@blueprint.post("/customers")
def make() -> ResponseReturnValue:
    try:
        made = contacts.make(request.form.get("name", ""), request.form.get("phone", ""), g.actor)
    except ContactError as error:
        flash(error_words.words(error.code, error.params), "danger")
        return redirect(url_for("contacts.index"), 303)
    return redirect(url_for("contacts.one", contact_id=made), 303)


@blueprint.get("/customers/<int:contact_id>")
def one(contact_id: int) -> ResponseReturnValue:
    person = _person(contact_id)
    if person.id != contact_id:
        return redirect(url_for("contacts.one", contact_id=person.id))
    show = request.args.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    facts: dict[str, object] = {"person": person, "show": show}
    if show == "tickets":
        facts["tickets"] = contact_card.tickets(person.id, g.actor, request.args.get("before", type=int))
    elif show == "files":
        facts["files"] = contact_card.files(person.id, g.actor)
    else:
        facts["notes"] = contact_card.notes(person.id, g.actor)
    return render_template("contacts/one.html", count=contact_card.count_tickets(person.id, g.actor), **facts)


@blueprint.get("/customers/<int:contact_id>/facts")
def facts_of(contact_id: int) -> ResponseReturnValue:
    """What is written down, as it stands now."""
    return render_template("contacts/_facts.html", person=_person(contact_id), ticket_id=None)


@blueprint.post("/customers/<int:contact_id>/change")
def change(contact_id: int) -> ResponseReturnValue:
    form = request.form
    ticket = form.get("ticket", type=int)
    done = contacts.change(contact_id, form.get("what", ""), form.get("value", ""), g.actor, ticket)
    if done is None:
        return "", 204
    undo = url_for("contacts.undo", event_id=done)
    return _told(_("Saved."), undo)


@blueprint.post("/customers/changes/<int:event_id>/undo")
def undo(event_id: int) -> ResponseReturnValue:
    contacts.undo(event_id, g.actor)
    return _told("")


@blueprint.post("/customers/<int:contact_id>/bar")
def bar(contact_id: int) -> ResponseReturnValue:
    """`barred` 1: nothing of them is kept from now on; 0: once more it is."""
    barred = request.form.get("barred") == "1"
    person = _person(contact_id)
    barring.bar(person.id, g.actor, barred)
    if not barred:
        return _told(_("%(name)s can write to us again.", name=person.name))
    return _told(
        _("%(name)s is blocked: what they write is not kept.", name=person.name),
        url_for("contacts.unbar", contact_id=person.id),
    )


@blueprint.post("/customers/<int:contact_id>/unbar")
def unbar(contact_id: int) -> ResponseReturnValue:
    barring.bar(contact_id, g.actor, barred=False)
    return _told("")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    """What the card of a ticket asks."""
    return {
        "address_line": contact_words.address_line,
        "choices_of": contact_words.choices_of,
        "field_shown": contact_words.field_shown,
        "invitation_ways": joining.ways,
        "is_barred": barring.is_barred,
        "language_choices": contact_words.language_choices,
        "organisation_names": organisations.all_names,
        "person_of": _person_of,
        "tickets_of": lambda contact_id: contact_card.count_tickets(contact_id, g.actor),
    }


def _person_of(contact_id: int) -> Person | None:
    """Looked up once a page: several sections of a card ask."""
    known: dict[int, Person | None] = g.setdefault("people", {})
    if contact_id not in known:
        known[contact_id] = contact_card.find(contact_id, g.actor)
    return known[contact_id]


def _person(contact_id: int) -> Person:
    found = contact_card.find(contact_id, g.actor)
    if found is None:
        abort(404)
    return found


def _wanted() -> Wanted:
    sort = request.args.get("sort", "")
    return Wanted(
        search=request.args.get("q", "")[:200],
        organisation_id=request.args.get("organisation", type=int),
        sort=sort if sort in contact_list.SORTS else contact_list.SORTS[0],
    )


def _told(words: str, undo: str = "") -> Response:
    """Nothing to swap: the feed tells every page that shows it."""
    response = make_response("", 204)
    news: dict[str, object] = {"contact:changed": {}}
    if words:
        news["desk:toast"] = {"text": words, "undo": undo}
    return triggered(response, **news)
