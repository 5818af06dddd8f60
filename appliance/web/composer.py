"""Writing: send a reply or a note, ask for something, keep a draft, say what has been read. Nothing here ever redraws
the composer."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.services import (
    asking,
    collisions,
    conversation,
    drafts,
    mentions,
    notice_list,
    outbox,
    reading,
    taking,
    typing_signs,
    undoing,
)
from appliance.services.collisions import Collision
from appliance.services.drafts import DraftError
from appliance.services.letters import OutboxError
from appliance.services.tickets import TicketError
from appliance.values import Ask
from appliance.web import chat_log, error_words, letter_form
from appliance.web.security import must_see

blueprint = Blueprint("composer", __name__)
LARGEST_VERSION = 1 << 52


@blueprint.errorhandler(OutboxError)
@blueprint.errorhandler(DraftError)
@blueprint.errorhandler(TicketError)
def refused(error: OutboxError | DraftError | TicketError) -> ResponseReturnValue:
    """Send & done with open subtasks sends nothing either: `X-Question` is where the page asks what becomes of them."""
    answer = error_words.plain(error.code, getattr(error, "params", None))
    if error.code == "open_subtasks" and request.view_args:
        question = url_for("subtasks.question", ticket_id=request.view_args["ticket_id"], sending=1)
        answer.headers["X-Question"] = question
    return answer


@blueprint.errorhandler(Collision)
def held(collision: Collision) -> ResponseReturnValue:
    """Nothing was sent: what the colleague has said, and the choice. `X-Held` is the newest of their answers."""
    made = render_template("desk/_held.html", landed=collisions.describe(collision, g.actor))
    return made, 409, {"X-Held": str(collision.message_ids[-1])}


@blueprint.post("/t/<int:ticket_id>/messages")
def send(ticket_id: int) -> ResponseReturnValue:
    """The finished bubble; `X-Draft-Version` is where the next draft of this mode goes on."""
    written = letter_form.read()
    if written.mode == "note":
        message_id = outbox.note(ticket_id, g.actor, written.text, written.file_ids, written.key)
    else:
        message_id = outbox.reply(
            ticket_id,
            g.actor,
            written.text,
            written.file_ids,
            written.kinds,
            written.reply_to,
            undo_seconds=undoing.seconds(g.actor),
            key=written.key,
            manner=written.manner,
            parts=written.parts,
            then=written.then,
            seen=letter_form.seen(),
        )
    response = _told_of_taking(_bubble(message_id), ticket_id, message_id)
    if written.parts and not written.text.strip():
        # A place is sent from beside the text field, where something else may stand.
        return response
    response.headers["X-Draft-Version"] = str(drafts.clear(ticket_id, written.mode, g.actor))
    return response


@blueprint.post("/t/<int:ticket_id>/ask")
def ask(ticket_id: int) -> ResponseReturnValue:
    """One press: the built-in text for `kind`. The draft stays where it is."""
    kind = cast(Ask, request.form.get("kind", ""))
    message_id = asking.ask(ticket_id, kind, g.actor, letter_form.key())
    return _told_of_taking(_bubble(message_id), ticket_id, message_id)


@blueprint.post("/t/<int:ticket_id>/typing")
def show_typing(ticket_id: int) -> ResponseReturnValue:
    must_see(ticket_id)
    typing_signs.notice(ticket_id, g.actor)
    return "", 204


@blueprint.post("/t/<int:ticket_id>/drafts/<any(reply, note):mode>")
def save_draft(ticket_id: int, mode: str) -> ResponseReturnValue:
    """What the server now holds. 409 when a later text was there before: the page then decides with that version."""
    version = request.form.get("version", default=0, type=int)
    if not 0 < version < LARGEST_VERSION:
        raise DraftError("bad_mode")
    held = drafts.save(ticket_id, mode, request.form.get("text", ""), version, g.actor)
    overtaken = held.version != version
    return jsonify(text=held.text if overtaken else None, version=held.version), (409 if overtaken else 200)


@blueprint.post("/t/<int:ticket_id>/read")
def mark_read(ticket_id: int) -> ResponseReturnValue:
    must_see(ticket_id)
    message_id = request.form.get("message", default=0, type=int)
    if 0 < message_id < 1 << 62:
        reading.mark_read(ticket_id, message_id, g.actor)
        mentions.see(ticket_id, message_id, g.actor)
        notice_list.seen(ticket_id, g.actor)
    return "", 204


def _told_of_taking(response: Response, ticket_id: int, message_id: int) -> Response:
    """The first reply to a ticket that nobody had has taken it, without asking: the page offers to undo that."""
    event_id = taking.taken_by_reply(message_id, g.actor)
    if event_id:
        response.headers["X-Taken"] = url_for("handing.undo", ticket_id=ticket_id, event_id=event_id)
    return response


def _bubble(message_id: int) -> Response:
    entry = chat_log.single(*conversation.one(message_id, g.actor))
    response = make_response(render_template("desk/_bubble.html", entry=entry))
    response.headers["X-Message"] = str(message_id)
    return response
