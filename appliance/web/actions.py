"""What staff press on a ticket or a delivery. Everything takes effect at once; the answer offers to undo it."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, g, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import reading, resolutions, taking, tickets
from appliance.services.letters import OutboxError
from appliance.services.tickets import TicketError
from appliance.web import error_words, letter_form, snooze
from appliance.web.acted import changed, changed_hands
from appliance.web.htmx import htmx, triggered
from appliance.web.security import must_see

blueprint = Blueprint("actions", __name__)


@blueprint.errorhandler(TicketError)
@blueprint.errorhandler(OutboxError)
def refused(error: TicketError | OutboxError) -> ResponseReturnValue:
    """One line for the toast; the page stays as it is."""
    return error_words.plain(error.code, error.params)


@blueprint.post("/t/<int:ticket_id>/take")
def take(ticket_id: int) -> ResponseReturnValue:
    event = taking.take(ticket_id, g.actor)
    return changed_hands(ticket_id, event, _("No. %(number)s is yours.", number=ticket_id))


@blueprint.post("/t/<int:ticket_id>/assign")
def assign(ticket_id: int) -> ResponseReturnValue:
    """`agent` is a colleague's id; anything else gives it back to everybody."""
    chosen = request.form.get("agent", "")
    if chosen.isdecimal() and len(chosen) < 18:
        event = taking.assign(ticket_id, int(chosen), g.actor)
        told = _("No. %(number)s is in other hands now.", number=ticket_id)
    else:
        event = taking.release(ticket_id, g.actor)
        told = _("No. %(number)s is nobody's again.", number=ticket_id)
    return changed_hands(ticket_id, event, told)


@blueprint.post("/t/<int:ticket_id>/finish")
def finish(ticket_id: int) -> ResponseReturnValue:
    """`subtasks` finish or leave: what becomes of those that are open. Unsaid, the page asks."""
    outcome = request.form.get("outcome", tickets.SOLVED)
    try:
        tickets.finish(ticket_id, outcome, g.actor, letter_form.leftovers(request.form.get("subtasks", "")))
    except TicketError as error:
        if error.code != "open_subtasks" or not htmx.partial:
            raise
        question = url_for("subtasks.question", ticket_id=ticket_id, outcome=outcome)
        return triggered(make_response("", 204), **{"desk:question": {"address": question}})
    return _changed(ticket_id, _("No. %(number)s is done.", number=ticket_id), "actions.reopen")


@blueprint.post("/t/<int:ticket_id>/reopen")
def reopen(ticket_id: int) -> ResponseReturnValue:
    tickets.reopen(ticket_id, g.actor)
    return _changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/snooze")
def put_to_sleep(ticket_id: int) -> ResponseReturnValue:
    try:
        until = snooze.until(request.form.get("until", ""))
    except ValueError:
        raise TicketError("bad_time") from None
    tickets.snooze(ticket_id, until, g.actor)
    return _changed(ticket_id, _("No. %(number)s is snoozed.", number=ticket_id), "actions.reopen")


@blueprint.post("/t/<int:ticket_id>/unread")
def mark_unread(ticket_id: int) -> ResponseReturnValue:
    """Back to the list: on the ticket's own page it would be read at once."""
    must_see(ticket_id)
    if not reading.mark_unread(ticket_id, g.actor):
        raise TicketError("nothing_unread")
    response = make_response("", 204)
    response.headers["HX-Redirect"] = url_for("desk.inbox")
    return response


@blueprint.post("/t/<int:ticket_id>/rename")
def rename(ticket_id: int) -> ResponseReturnValue:
    tickets.rename(ticket_id, request.form.get("subject", ""), g.actor)
    return _changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/shelve")
def shelve(ticket_id: int) -> ResponseReturnValue:
    """`shelf` spam or trash; `quiet` keeps the person silent from now on."""
    shelf: Literal["spam", "trash"] = "spam" if request.form.get("shelf") == "spam" else "trash"
    tickets.shelve(ticket_id, shelf, request.form.get("quiet") == "1", g.actor)
    told = (
        _("No. %(number)s is spam now.", number=ticket_id)
        if shelf == "spam"
        else _("No. %(number)s is in the trash.", number=ticket_id)
    )
    return _changed(ticket_id, told, "actions.restore")


@blueprint.post("/t/<int:ticket_id>/restore")
def restore(ticket_id: int) -> ResponseReturnValue:
    tickets.restore(ticket_id, g.actor)
    return _changed(ticket_id)


@blueprint.post("/deliveries/<int:delivery_id>/<any(retry, again, now, leave, cancel):decision>")
def decide(delivery_id: int, decision: str) -> ResponseReturnValue:
    """What a person decides about a delivery that did not simply arrive; the bubble follows by the feed."""
    if decision == "cancel":
        if not resolutions.cancel(delivery_id, g.actor):
            raise OutboxError("too_late")
    elif decision == "leave":
        resolutions.leave(delivery_id, g.actor)
    else:
        resolutions.retry(delivery_id, g.actor)
    return "", 204


def _changed(ticket_id: int, told: str = "", undo: str = "") -> Response:
    return changed(ticket_id, told, url_for(undo, ticket_id=ticket_id) if undo else "")
