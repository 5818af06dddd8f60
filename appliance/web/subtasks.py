"""Subtasks: made from a message or from the card, finished with a tick, and asked about when their ticket is done."""

from __future__ import annotations

from flask import Blueprint, abort, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import attendance, conversation, subtasks, tickets
from appliance.services.arrangements import ArrangeError
from appliance.services.subtasks import Wanted
from appliance.services.tickets import TicketError
from appliance.web import error_words, fact_words
from appliance.web.acted import changed
from appliance.web.security import must_see

blueprint = Blueprint("subtasks", __name__)


@blueprint.errorhandler(ArrangeError)
@blueprint.errorhandler(TicketError)
def refused(error: ArrangeError | TicketError) -> ResponseReturnValue:
    return error_words.plain(error.code, error.params)


@blueprint.get("/t/<int:ticket_id>/subtasks/new")
def form(ticket_id: int) -> ResponseReturnValue:
    """With a `message` its words stand in it."""
    message_id = request.args.get("message", type=int)
    try:
        ticket, _card = conversation.ticket_with_card(ticket_id, g.actor)
        words = _words(message_id) if message_id else ""
    except conversation.ConversationError:
        abort(404)
    found = attendance.colleagues()
    return render_template(
        "desk/arrange/_subtask.html", ticket=ticket, message_id=message_id, words=words, colleagues=found
    )


@blueprint.post("/t/<int:ticket_id>/subtasks")
def make(ticket_id: int) -> ResponseReturnValue:
    """`what`, and if somebody chose them: `assignee`, `due`, `message`."""
    fields = request.form
    try:
        due = fact_words.read_due(fields.get("due", ""))
    except ValueError:
        raise TicketError("bad_time") from None
    assignee, message = fields.get("assignee", type=int), fields.get("message", type=int)
    made = subtasks.make(ticket_id, Wanted(fields.get("what", ""), assignee, due, message), g.actor)
    return jsonify(text=_("Subtask No. %(number)s was made.", number=made))


@blueprint.post("/t/<int:ticket_id>/subtasks/<int:subtask_id>/<any(done, open):state>")
def tick(ticket_id: int, subtask_id: int, state: str) -> ResponseReturnValue:
    """The card's checkbox; the answer is the card of the ticket it belongs to."""
    must_see(ticket_id)
    if subtask_id not in {each.id for each in subtasks.listed(ticket_id, g.actor)}:
        raise TicketError("not_found")
    if state == "done":
        tickets.finish(subtask_id, tickets.SOLVED, g.actor)
    else:
        tickets.reopen(subtask_id, g.actor)
    return changed(ticket_id)


@blueprint.get("/t/<int:ticket_id>/subtasks/open")
def question(ticket_id: int) -> ResponseReturnValue:
    """What becomes of them when the ticket is done with this `outcome`, or with the reply that is being sent."""
    must_see(ticket_id)
    asked = request.args.get("outcome", "")
    outcome = asked if asked in dict(tickets.OUTCOMES) else tickets.SOLVED
    found = [each for each in subtasks.listed(ticket_id, g.actor) if not each.done]
    known = {"ticket_id": ticket_id, "outcome": outcome, "subtasks": found, "sending": "sending" in request.args}
    return render_template("desk/arrange/_open_subtasks.html", **known)


def _words(message_id: int) -> str:
    """The first line that says something; of a picture without words, nothing."""
    message, _before = conversation.one(message_id, g.actor)
    lines = (line.strip() for part in message.parts for line in part.text.splitlines())
    return next((line for line in lines if line), "")[: subtasks.LONGEST]
