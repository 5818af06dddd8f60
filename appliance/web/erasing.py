"""What cannot be taken back: a ticket deleted for good, a customer erased; and what is handed out before that."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import partial
from typing import IO, Any, BinaryIO, cast

from flask import Blueprint, Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from werkzeug.wsgi import wrap_file

from appliance.services import blobs, contact_card, deleting, erasing, exporting, tickets
from appliance.services.contact_card import Person
from appliance.services.contacts import ContactError
from appliance.services.exporting import Export
from appliance.services.tickets import TicketError
from appliance.web import downloads, error_words
from appliance.web.acted import changed
from appliance.web.security import only_for
from appliance.web.zip_file import ZipFile
from appliance.web.zip_layout import Member

blueprint = Blueprint("erasing", __name__)
SANDBOX = "sandbox; default-src 'none'"


@blueprint.errorhandler(TicketError)
def refused(error: TicketError) -> ResponseReturnValue:
    return error_words.plain(error.code, error.params)


@blueprint.post("/t/<int:ticket_id>/anew")
def start_anew(ticket_id: int) -> ResponseReturnValue:
    """The person is heard again; the ticket stays where it is."""
    tickets.start_anew(ticket_id, g.actor)
    undo = url_for("erasing.keep_quiet", ticket_id=ticket_id)
    return changed(ticket_id, _("Their next message opens a new ticket."), undo)


@blueprint.post("/t/<int:ticket_id>/quiet")
def keep_quiet(ticket_id: int) -> ResponseReturnValue:
    """What they write goes into the shelved ticket and disturbs nobody."""
    tickets.keep_quiet(ticket_id, g.actor)
    return changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/delete")
@only_for("owner", "manager")
def delete_ticket(ticket_id: int) -> ResponseReturnValue:
    """`typed`: the number once more."""
    deleting.delete_ticket(ticket_id, request.form.get("typed", ""), g.actor)
    return changed(ticket_id, _("No. %(number)s is deleted for good.", number=ticket_id))


@blueprint.get("/customers/<int:contact_id>/erase")
@only_for("owner")
def erase_form(contact_id: int) -> ResponseReturnValue:
    return _erase_page(_person(contact_id))


@blueprint.post("/customers/<int:contact_id>/erase")
@only_for("owner")
def erase(contact_id: int) -> ResponseReturnValue:
    person = _person(contact_id)
    try:
        erasing.erase(person.id, request.form.get("typed", ""), g.actor)
    except ContactError:
        return _erase_page(person, _("That is not the name.")), 422
    except Exception as error:  # noqa: BLE001  (a plugin may refuse in any way; the owner has to know why)
        return _erase_page(person, _("Nothing was erased: %(reason)s", reason=f"{type(error).__name__}: {error}")), 500
    flash(_("Everything of this customer is erased."), "ok")
    return redirect(url_for("contacts.index"), 303)


@blueprint.get("/customers/<int:contact_id>/export")
@only_for("owner")
def export_form(contact_id: int) -> ResponseReturnValue:
    return render_template("erasing/export_form.html", person=_person(contact_id))


@blueprint.post("/customers/<int:contact_id>/export")
@only_for("owner")
def export(contact_id: int) -> ResponseReturnValue:
    """Put together while it runs, like the files of a message."""
    made = exporting.export(_person(contact_id).id, g.actor, request.form.get("notes") == "1")
    archive = _zip(made)
    response = Response(mimetype="application/zip", direct_passthrough=True)
    response.response = wrap_file(request.environ, cast(IO[bytes], archive))
    response.content_length = archive.size
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    day = to_user_timezone(made.at).date().isoformat()
    downloads.name(response, f"customer {made.person.id} {day}.zip")
    return response


def _zip(made: Export) -> ZipFile:
    at = to_user_timezone(made.at)
    page = render_template("erasing/export.html", export=made).encode()
    data = json.dumps(exporting.as_data(made), default=_plain, ensure_ascii=False, indent=1).encode()
    documents = (("index.html", page), ("data.json", data))
    members = [Member(name, len(content), at) for name, content in documents]
    members += [Member(file.name, file.size, at) for file in made.files]
    sources = [partial(_open, content) for _name, content in documents]
    return ZipFile(members, [*sources, *(partial(blobs.open_blob, file.sha256) for file in made.files)])


def _open(content: bytes) -> BinaryIO:
    return io.BytesIO(content)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _person(contact_id: int) -> Person:
    found = contact_card.find(contact_id, g.actor)
    if found is None:
        abort(404)
    return found


def _erase_page(person: Person, error: str = "") -> Response:
    count = contact_card.count_tickets(person.id, g.actor)
    return make_response(render_template("erasing/erase.html", person=person, count=count, error=error))
