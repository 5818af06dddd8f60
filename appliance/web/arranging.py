"""Messages and tickets put where they belong: split, moved, merged, linked; and back again.

The answers are for the page's script: what to tell, how to take it back, and which ticket to show then."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services import (
    arranged_lines,
    conversation,
    links,
    merging_tickets,
    moving,
    splitting,
    survivors,
    taking_back,
)
from appliance.services.arrangements import ArrangeError
from appliance.services.ticket_view import TicketView
from appliance.web import error_words
from appliance.web.acted import changed
from appliance.web.htmx import triggered
from appliance.web.security import must_see

blueprint = Blueprint("arranging", __name__)
MOST = 500


@blueprint.errorhandler(ArrangeError)
def refused(error: ArrangeError) -> ResponseReturnValue:
    return error_words.plain(error.code, error.params)


@blueprint.get("/t/<int:ticket_id>/move")
def move_form(ticket_id: int) -> ResponseReturnValue:
    """`message` names those that are to be moved."""
    return render_template(
        "desk/arrange/_move.html",
        ticket=_ticket(ticket_id),
        targets=arranged_lines.targets(ticket_id, g.actor),
        messages=_messages(request.args.getlist("message")),
    )


@blueprint.post("/t/<int:ticket_id>/move")
def move(ticket_id: int) -> ResponseReturnValue:
    """`message`s into the ticket of number `into`."""
    made = moving.move(ticket_id, _messages(request.form.getlist("message")), _number("into"), g.actor)
    if made.merged:
        return _told(_merged(ticket_id, made.target_id), made.arrangement_id, made.target_id)
    told = ngettext(
        "%(num)s message is in No. %(number)s now.",
        "%(num)s messages are in No. %(number)s now.",
        made.count,
        number=made.target_id,
    )
    return _told(told, made.arrangement_id)


@blueprint.post("/t/<int:ticket_id>/split")
def split(ticket_id: int) -> ResponseReturnValue:
    """A new ticket with these `message`s."""
    made = splitting.split(ticket_id, _messages(request.form.getlist("message")), g.actor)
    return _told(_("No. %(number)s is a ticket of its own now.", number=made.ticket_id), made.arrangement_id)


@blueprint.get("/t/<int:ticket_id>/merge")
def merge_form(ticket_id: int) -> ResponseReturnValue:
    found = arranged_lines.targets(ticket_id, g.actor)
    return render_template("desk/arrange/_merge.html", ticket=_ticket(ticket_id), targets=found)


@blueprint.post("/t/<int:ticket_id>/merge")
def merge(ticket_id: int) -> ResponseReturnValue:
    """With the ticket of number `with`; `remains` is the one of the two that remains."""
    other, kept = _number("with"), _number("remains")
    if kept not in (other, ticket_id):
        raise ArrangeError("not_found")
    gone = ticket_id if kept == other else other
    made = merging_tickets.merge(gone, kept, g.actor)
    return _told(_merged(gone, kept), made, kept)


@blueprint.get("/t/<int:ticket_id>/remains")
def remains(ticket_id: int) -> ResponseReturnValue:
    """The ticket that this number leads to now."""
    found = survivors.leads_elsewhere(ticket_id, g.actor) or ticket_id
    must_see(found)
    return jsonify(ticket=found)


@blueprint.get("/t/<int:ticket_id>/links")
def link_form(ticket_id: int) -> ResponseReturnValue:
    return render_template("desk/arrange/_link.html", ticket=_ticket(ticket_id))


@blueprint.post("/t/<int:ticket_id>/links")
def link(ticket_id: int) -> ResponseReturnValue:
    other = links.add(ticket_id, _number("number"), g.actor)
    told = _("Linked with No. %(number)s.", number=other)
    return jsonify(text=told, undo=url_for("arranging.unlink", ticket_id=ticket_id, other_id=other))


@blueprint.post("/t/<int:ticket_id>/links/<int:other_id>/remove")
def unlink(ticket_id: int, other_id: int) -> ResponseReturnValue:
    links.remove(ticket_id, other_id, g.actor)
    return changed(ticket_id)


@blueprint.post("/arrangements/<int:arrangement_id>/undo")
def undo(arrangement_id: int) -> ResponseReturnValue:
    """The page that asks looks at its log anew."""
    taking_back.undo(arrangement_id, g.actor)
    news: dict[str, object] = {"desk:arranged": {}, "desk:toast": {"text": _("It is as it was before.")}}
    return triggered(make_response("", 204), **news)


def _told(text: str, arrangement_id: int, show: int | None = None) -> Response:
    return jsonify(text=text, undo=url_for("arranging.undo", arrangement_id=arrangement_id), show=show)


def _merged(gone: int, kept: int) -> str:
    return _("No. %(kept)s remains, No. %(gone)s is part of it now.", kept=kept, gone=gone)


def _ticket(ticket_id: int) -> TicketView:
    try:
        return conversation.ticket_with_card(ticket_id, g.actor)[0]
    except conversation.ConversationError:
        abort(404)


def _messages(given: Sequence[str]) -> list[int]:
    return [int(number) for number in given[:MOST] if number.isdecimal() and len(number) < 18]


def _number(name: str) -> int:
    """As people write numbers of tickets: 1042, №1042, No. 1042."""
    digits = "".join(letter for letter in request.form.get(name, "") if letter.isdecimal())
    return int(digits) if 0 < len(digits) < 18 else 0
