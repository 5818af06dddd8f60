"""The desk: lists, tickets and the fragments that keep them fresh."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance import feed
from appliance.services import attendance, conversation, notice_list, survivors, teams
from appliance.web import chat_log, desk_words, inbox, list_state
from appliance.web.htmx import htmx, vary

blueprint = Blueprint("desk", __name__)
desk_words.offer(blueprint)
inbox.offer(blueprint)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for("desk.inbox"))


@blueprint.get("/t/<int:ticket_id>")
def ticket(ticket_id: int) -> ResponseReturnValue:
    if (remains := survivors.leads_elsewhere(ticket_id, g.actor)) is not None:
        return redirect(url_for("desk.ticket", ticket_id=remains, merged=ticket_id, tab=request.args.get("tab")))
    shown = list_state.read()
    live, opened = feed.last_id(), conversation.open_ticket(ticket_id, g.actor)
    notice_list.seen(ticket_id, g.actor)
    log = chat_log.entries(opened.stretch, ticket_id, opened.read_to)
    facts = {"tab": shown.tab, "live": live, "conversation": opened, "ticket": opened.ticket, "log": log}
    if htmx.partial:
        return vary(make_response(render_template("desk/_workplace.html", **facts)))
    return vary(make_response(render_template("desk/desk.html", **{**inbox.facts(shown), **facts})))


@blueprint.get("/t/<int:ticket_id>/header")
def header(ticket_id: int) -> ResponseReturnValue:
    found, _card = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template("desk/_header.html", ticket=found)


@blueprint.get("/t/<int:ticket_id>/card")
def card(ticket_id: int) -> ResponseReturnValue:
    found, made = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template("desk/_card.html", ticket=found, card=made)


@blueprint.get("/t/<int:ticket_id>/notice")
def notice(ticket_id: int) -> ResponseReturnValue:
    """Why nothing can be sent just now, or nothing."""
    found, _card = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template("desk/_composer_notice.html", ticket=found)


@blueprint.get("/t/<int:ticket_id>/assignees")
def assignees(ticket_id: int) -> ResponseReturnValue:
    found, _card = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template(
        "desk/_assignees.html", ticket=found, colleagues=attendance.colleagues(), teams=teams.names()
    )
