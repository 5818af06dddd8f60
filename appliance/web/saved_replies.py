"""Saved replies at the composer: the list to choose from, one of them put into a ticket, a sent message kept as one."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from appliance.services import saved_replies, saved_reply_changes
from appliance.services.saved_replies import SavedReplyError
from appliance.web import error_words, reply_texts, saved_reply_words

blueprint = Blueprint("saved_replies", __name__)
LONGEST_QUERY = 100
reply_texts.offer(blueprint)


@blueprint.errorhandler(SavedReplyError)
def refused(error: SavedReplyError) -> ResponseReturnValue:
    if error.code == "not_found":
        return current_app.handle_http_exception(NotFound())
    return error_words.told(saved_reply_words.words(error)[1])


@blueprint.get("/t/<int:ticket_id>/saved-replies")
def choices(ticket_id: int) -> ResponseReturnValue:
    """The options of the picker, each with what it would say here; `q` narrows them."""
    query = request.args.get("q", "")[:LONGEST_QUERY]
    found = saved_replies.for_ticket(ticket_id, g.actor, query)
    return render_template("desk/_composer_replies.html", found=found, query=query)


@blueprint.post("/t/<int:ticket_id>/saved-replies/<int:reply_id>")
def use(ticket_id: int, reply_id: int) -> ResponseReturnValue:
    """Its words for this ticket, and its files as the tray holds them."""
    filled = saved_replies.use(reply_id, ticket_id, g.actor)
    return jsonify(text=filled.text, files=[asdict(file) for file in filled.reply.files])


@blueprint.post("/m/<int:message_id>/saved-reply")
def keep(message_id: int) -> ResponseReturnValue:
    """`name`; `shared` 1: everybody's."""
    shared = request.form.get("shared") == "1"
    saved_reply_changes.from_message(message_id, request.form.get("name", ""), shared, g.actor)
    return "", 204
