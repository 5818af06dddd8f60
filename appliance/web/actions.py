"""What staff press on a ticket or a delivery. Everything takes effect at once; the answer offers to undo it."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import conversation, resolutions, tickets
from appliance.services.letters import OutboxError
from appliance.services.tickets import TicketError
from appliance.web import error_words, snooze
from appliance.web.htmx import triggered

blueprint = Blueprint("actions", __name__)


@blueprint.errorhandler(TicketError)
@blueprint.errorhandler(OutboxError)
def refused(error: TicketError | OutboxError) -> ResponseReturnValue:
    """One line for the toast; the page stays as it is."""
    return error_words.plain(error.code, error.params)


@blueprint.post("/t/<int:ticket_id>/take")
def take(ticket_id: int) -> ResponseReturnValue:
    tickets.take(ticket_id, g.actor)
    return _changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/assign")
def assign(ticket_id: int) -> ResponseReturnValue:
    """`agent` is a colleague's id; empty gives it back to everybody."""
    chosen = request.form.get("agent", "")
    if chosen.isdecimal():
        tickets.assign(ticket_id, int(chosen), g.actor)
    else:
        tickets.release(ticket_id, g.actor)
    return _changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/finish")
def finish(ticket_id: int) -> ResponseReturnValue:
    tickets.finish(ticket_id, request.form.get("outcome", "solved"), g.actor)
    return _changed(ticket_id, _("No. %(number)s is done.", number=ticket_id), "actions.reopen")


@blueprint.post("/t/<int:ticket_id>/reopen")
def reopen(ticket_id: int) -> ResponseReturnValue:
    tickets.reopen(ticket_id, g.actor)
    return _changed(ticket_id)


@blueprint.post("/t/<int:ticket_id>/snooze")
def put_to_sleep(ticket_id: int) -> ResponseReturnValue:
    try:
        until = snooze.until(request.form.get("until", ""))
    except KeyError:
        raise TicketError("bad_time") from None
    tickets.snooze(ticket_id, until, g.actor)
    return _changed(ticket_id, _("No. %(number)s is snoozed.", number=ticket_id), "actions.reopen")


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
    """Header and card as they are now; row and counters are fetched by the page."""
    try:
        ticket, card = conversation.ticket_with_card(ticket_id, g.actor)
    except conversation.ConversationError:
        abort(404)
    response = make_response(render_template("desk/_after_action.html", ticket=ticket, card=card))
    news: dict[str, object] = {"desk:acted": {"ticket": ticket_id}}
    if told:
        news["desk:toast"] = {"text": told, "undo": url_for(undo, ticket_id=ticket_id) if undo else ""}
    return triggered(response, **news)
