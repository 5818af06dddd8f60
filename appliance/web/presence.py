"""Who is where: a page tells that its ticket is looked at or written in, and shows which colleagues do the same; staff
say that they are at work, or away."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from appliance.models import now
from appliance.services import attendance, presence
from appliance.services.presence import PresenceError, Present
from appliance.web import error_words, presence_words

blueprint = Blueprint("presence", __name__)
GONE = "gone"


@blueprint.errorhandler(PresenceError)
def refused(error: PresenceError) -> ResponseReturnValue:
    return error_words.plain(error.code)


@blueprint.app_context_processor
def offer() -> dict[str, object]:
    return {
        "present_in": _present_in,
        "doing_of": presence_words.doing,
        "ends_in": _ends_in,
        "i_am_away": lambda: attendance.is_away(g.actor),
    }


@blueprint.get("/t/<int:ticket_id>/presence")
def strip(ticket_id: int) -> ResponseReturnValue:
    """The colleagues in a ticket."""
    return _strip(ticket_id)


@blueprint.post("/t/<int:ticket_id>/presence")
def beat(ticket_id: int) -> ResponseReturnValue:
    """`doing`: viewing, reply, note (writing one), gone. The answer is the strip, so that a page asks once."""
    doing = request.form.get("doing", "")
    if doing == GONE:
        presence.leave(ticket_id, g.actor)
        return "", 204
    presence.beat(ticket_id, doing, g.actor)
    return _strip(ticket_id)


@blueprint.post("/me/attendance")
def attend() -> ResponseReturnValue:
    """`away`: 1, or 0 for here again."""
    attendance.switch(g.actor, away=request.form.get("away") == "1")
    return render_template("_attended.html")


def _strip(ticket_id: int) -> str:
    present = presence.in_ticket(ticket_id, g.actor)
    return render_template("desk/_colleagues.html", ticket_id=ticket_id, present=present)


def _present_in(ticket_id: int) -> tuple[Present, ...]:
    """For the page of a ticket, which has asked already whether the reader may see it."""
    return presence.in_ticket(ticket_id, g.actor)


def _ends_in(present: tuple[Present, ...]) -> float:
    """Seconds until something of this is no longer true, unless it is told again; 0 when nobody is there."""
    return max(0.5, round((min(one.until for one in present) - now()).total_seconds(), 1)) if present else 0
