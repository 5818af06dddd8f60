"""/new: a ticket by hand, for whoever called or came by; and the invitation by which they write to us later."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import attendance, by_hand, contact_card, joining
from appliance.services.by_hand import ByHandError, Request
from appliance.services.contact_card import Person
from appliance.services.contacts import ContactError
from appliance.web import error_words, qr

blueprint = Blueprint("by_hand", __name__)


@blueprint.get("/new")
def form() -> ResponseReturnValue:
    """`contact`: somebody who is known already."""
    contact_id = request.args.get("contact", type=int)
    given = {name: request.args[name] for name in ("name", "phone", "subject") if name in request.args}
    return _page(_find(contact_id), given, {})


@blueprint.get("/new/people")
def people() -> ResponseReturnValue:
    """Whom the name or the phone that is being typed may belong to."""
    name, phone = request.args.get("name", ""), request.args.get("phone", "")
    found = {row.id: row for typed in (name, phone) for row in by_hand.people_like(typed[:200], g.actor)}
    return render_template("contacts/_people_like.html", people=list(found.values())[: by_hand.OFFERED])


@blueprint.post("/new")
def make() -> ResponseReturnValue:
    wanted = _read()
    try:
        number = by_hand.open_ticket(wanted, g.actor)
    except ByHandError as error:
        return _page(_find(wanted.contact_id), request.form.to_dict(), _explain(error)), 422
    return redirect(url_for("desk.ticket", ticket_id=number), 303)


@blueprint.post("/customers/<int:contact_id>/invite")
def invite(contact_id: int) -> ResponseReturnValue:
    """Link and picture, made anew each time and shown once."""
    connection, ticket = request.form.get("connection", 0, type=int), request.form.get("ticket", type=int)
    try:
        made = joining.invite(contact_id, connection, ticket, g.actor)
    except ContactError as error:
        return error_words.plain(error.code, error.params)
    person = contact_card.find(contact_id, g.actor)
    return render_template(
        "contacts/_invite.html", invitation=made, picture=qr.as_address(made.link), name=person.name if person else ""
    )


def _read() -> Request:
    values = request.form
    return Request(
        subject=values.get("subject", ""),
        contact_id=values.get("contact", type=int),
        name=values.get("name", ""),
        phone=values.get("phone", ""),
        note=values.get("note", ""),
        template_id=values.get("template", type=int),
        assignee_id=values.get("assignee", type=int),
        address_id=values.get("address", type=int),
    )


def _find(contact_id: int | None) -> Person | None:
    return contact_card.find(contact_id, g.actor) if contact_id is not None else None


def _page(person: Person | None, given: dict[str, str], errors: dict[str, str]) -> str:
    places = by_hand.places_of(person.id, g.actor) if person else []
    return render_template(
        "contacts/new.html",
        person=person,
        given=given,
        errors=errors,
        place_choices=[*((str(each.address_id), each.title) for each in places), ("", _("Nowhere: notes only"))],
        templates=[(str(number), name) for number, name in by_hand.template_names()],
        assignees=[("", _("nobody yet")), *((str(each.id), each.name) for each in attendance.colleagues())],
    )


def _explain(error: ByHandError) -> dict[str, str]:
    """{field: words}; '' is the whole form."""
    known = {
        "subject_empty": ("subject", _("Say in a few words what it is about.")),
        "name_empty": ("name", _("Please enter a name.")),
        "bad_phone": ("phone", _("Give a phone number: digits, spaces, brackets and a plus.")),
        "no_agent": ("assignee", _("This colleague can no longer be assigned.")),
        "note_too_long": ("note", _("The text is too long.")),
    }
    field, words = known.get(error.code, ("", _("That did not work. Please try again.")))
    return {field: words}
