"""The answer to an act on a ticket: its header and card as they are now, the news for the page, a toast that undoes."""

from __future__ import annotations

from flask import Response, g, make_response, render_template, url_for

from appliance.services import conversation
from appliance.web.htmx import triggered


def changed(ticket_id: int, told: str = "", undo: str = "") -> Response:
    """Row and counters are fetched by the page. `undo`: the address that takes it back. Who has given a ticket away
    may not see it any more: then the place where it stood is cleared."""
    news: dict[str, object] = {"desk:acted": {"ticket": ticket_id}}
    if told:
        news["desk:toast"] = {"text": told, "undo": undo}
    try:
        ticket, card = conversation.ticket_with_card(ticket_id, g.actor)
    except conversation.ConversationError:
        return triggered(_cleared(), **news, **{"desk:gone": {"ticket": ticket_id}})
    return triggered(make_response(render_template("desk/_after_action.html", ticket=ticket, card=card)), **news)


def changed_hands(ticket_id: int, event_id: int, told: str) -> Response:
    """The same after it went into other hands; nothing is told when nothing changed."""
    if not event_id:
        return changed(ticket_id)
    return changed(ticket_id, told, url_for("handing.undo", ticket_id=ticket_id, event_id=event_id))


def _cleared() -> Response:
    response = make_response(render_template("desk/_workplace.html", conversation=None))
    response.headers["HX-Retarget"] = "#workplace"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
