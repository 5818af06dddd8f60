"""The desk: lists, tickets and the fragments that keep them fresh."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from appliance import feed
from appliance.services import attendance, conversation, lists, teams
from appliance.services.conversation import ConversationError
from appliance.web import chat_log, desk_words, empty_words
from appliance.web.htmx import htmx, vary

blueprint = Blueprint("desk", __name__)
desk_words.offer(blueprint)


@blueprint.errorhandler(ConversationError)
def not_found(_error: ConversationError) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for("desk.inbox"))


@blueprint.get("/inbox")
def inbox() -> ResponseReturnValue:
    tab = _tab()
    live, page = feed.last_id(), lists.find(g.actor, tab)
    name = "desk/_list.html" if htmx.partial else "desk/desk.html"
    made = render_template(name, tab=tab, list=page, live=live, conversation=None, empty=_empty(page, tab))
    return vary(make_response(made))


@blueprint.get("/inbox/rows")
def more_rows() -> ResponseReturnValue:
    tab = _tab()
    page = lists.find(g.actor, tab, after=request.args.get("after", "")[:40])
    return render_template("desk/_rows.html", tab=tab, list=page, current=request.args.get("current", type=int))


@blueprint.get("/inbox/rows/<int:ticket_id>")
def row(ticket_id: int) -> ResponseReturnValue:
    """A fresh row; `data-outside` says that it has left the tab."""
    tab = _tab()
    found, inside = lists.find_row(g.actor, ticket_id, tab)
    if found is None:
        abort(404)
    current = request.args.get("current", type=int)
    return render_template("desk/_row.html", tab=tab, row=found, outside=not inside, current=current)


@blueprint.get("/inbox/counts")
def counts() -> ResponseReturnValue:
    return jsonify(lists.counts(g.actor).by_key())


@blueprint.get("/t/<int:ticket_id>")
def ticket(ticket_id: int) -> ResponseReturnValue:
    tab = _tab()
    live, opened = feed.last_id(), conversation.open_ticket(ticket_id, g.actor)
    log = chat_log.entries(opened.stretch, opened.read_to)
    facts = {"tab": tab, "live": live, "conversation": opened, "ticket": opened.ticket, "log": log}
    if htmx.partial:
        return vary(make_response(render_template("desk/_workplace.html", **facts)))
    page = lists.find(g.actor, tab)
    return vary(make_response(render_template("desk/desk.html", list=page, empty=_empty(page, tab), **facts)))


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


@blueprint.get("/t/<int:ticket_id>/older")
def older(ticket_id: int) -> ResponseReturnValue:
    """What stands above: a page more, or with `to` everything back to that message."""
    before = _number("before")
    target = request.args.get("to", type=int)
    if target is None:
        stretch = conversation.older(ticket_id, before, g.actor)
    else:
        stretch = conversation.reaching(ticket_id, target, before, g.actor)
    log = chat_log.entries(stretch)
    return render_template("desk/_older.html", log=log, stretch=stretch, ticket_id=ticket_id, before=before)


@blueprint.get("/t/<int:ticket_id>/newer")
def newer(ticket_id: int) -> ResponseReturnValue:
    stretch = conversation.newer(ticket_id, _number("after"), _number("event"), g.actor)
    if not stretch.items:
        return "", 204
    return render_template("desk/_entries.html", log=chat_log.entries(stretch))


@blueprint.get("/messages/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    entry = chat_log.single(*conversation.one(message_id, g.actor))
    return render_template("desk/_bubble.html", entry=entry)


@blueprint.get("/messages/<int:message_id>/versions")
def versions(message_id: int) -> ResponseReturnValue:
    found = conversation.versions(message_id, g.actor)
    return render_template("desk/_versions.html", versions=found)


@blueprint.get("/t/<int:ticket_id>/assignees")
def assignees(ticket_id: int) -> ResponseReturnValue:
    found, _card = conversation.ticket_with_card(ticket_id, g.actor)
    return render_template("desk/_assignees.html", ticket=found, colleagues=attendance.colleagues(), teams=teams.names())


def _tab() -> str:
    wanted = request.args.get("tab", "")
    return wanted if wanted in lists.TABS else lists.DEFAULT_TAB


def _number(name: str) -> int:
    found = request.args.get(name, default=0, type=int)
    return found if 0 <= found < 1 << 62 else 0


def _empty(page: lists.ListPage, tab: str) -> empty_words.Empty | None:
    return None if page.rows else empty_words.describe(g.actor, tab)
