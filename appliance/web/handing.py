"""A ticket goes from hand to hand: to me, to a colleague, to a team, with a note; and back, if it was a mistake."""

from __future__ import annotations

import re
import secrets
from typing import Literal

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import attendance, conversation, fact_undoing, taking, teams
from appliance.services.letters import OutboxError
from appliance.services.taking import Receiver
from appliance.services.tickets import TicketError
from appliance.web import error_words, letter_form
from appliance.web.acted import changed, changed_hands

blueprint = Blueprint("handing", __name__)
_RECEIVER = re.compile(r"(agent|team|offer):([0-9]{1,17})")


@blueprint.errorhandler(TicketError)
@blueprint.errorhandler(OutboxError)
def refused(error: TicketError | OutboxError) -> ResponseReturnValue:
    return error_words.plain(error.code, error.params)


@blueprint.errorhandler(conversation.ConversationError)
def not_found(_error: conversation.ConversationError) -> ResponseReturnValue:
    return error_words.plain("not_found")


@blueprint.get("/t/<int:ticket_id>/handover")
def form(ticket_id: int) -> ResponseReturnValue:
    """The dialog's form. Its key makes one note of it, however often it is posted."""
    ticket, _card = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template(
        "desk/_handover.html",
        ticket=ticket,
        colleagues=[one for one in attendance.colleagues() if one.id != ticket.assignee_id],
        teams=teams.names(),
        key=secrets.token_hex(16),
    )


@blueprint.post("/t/<int:ticket_id>/handover")
def hand_over(ticket_id: int) -> ResponseReturnValue:
    """`to`: agent:5, team:3, or offer:3; `text`: a note for whoever gets it."""
    to = _receiver(request.form.get("to", ""))
    event = taking.hand_over(ticket_id, to, g.actor, letter_form.text(), letter_form.key())
    return changed_hands(ticket_id, event, _told(ticket_id, to))


@blueprint.post("/t/<int:ticket_id>/offer")
def offer(ticket_id: int) -> ResponseReturnValue:
    to = _receiver(f"offer:{request.form.get('team', '')}")
    return changed_hands(ticket_id, taking.offer(ticket_id, to.id, g.actor), _told(ticket_id, to))


@blueprint.post("/t/<int:ticket_id>/hands/<int:event_id>/undo")
def undo(ticket_id: int, event_id: int) -> ResponseReturnValue:
    fact_undoing.undo(ticket_id, event_id, g.actor)
    return changed(ticket_id)


def _receiver(written: str) -> Receiver:
    found = _RECEIVER.fullmatch(written)
    if found is None:
        raise TicketError("no_agent")
    kind: Literal["agent", "team", "offer"] = found[1]  # type: ignore[assignment]  # one of the pattern's words
    return Receiver(kind, int(found[2]))


def _told(ticket_id: int, to: Receiver) -> str:
    if to.kind == "agent":
        name = next((one.name for one in attendance.colleagues() if one.id == to.id), "")
        return _("No. %(number)s is in the hands of %(name)s now.", number=ticket_id, name=name)
    name = teams.names().get(to.id, "")
    if to.kind == "offer":
        return _("No. %(number)s is offered to the team “%(name)s”.", number=ticket_id, name=name)
    return _("No. %(number)s belongs to the team “%(name)s” now.", number=ticket_id, name=name)
