"""Writing: send a reply or a note, ask for something, keep a draft, say what has been read. Nothing here ever redraws
the composer."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from appliance.services import asking, conversation, drafts, outbox, reading, typing_signs, undoing
from appliance.services.drafts import DraftError
from appliance.services.letters import OutboxError
from appliance.values import Ask
from appliance.web import chat_log, error_words, letter_form

blueprint = Blueprint("composer", __name__)
LARGEST_VERSION = 1 << 52


@blueprint.errorhandler(OutboxError)
@blueprint.errorhandler(DraftError)
def refused(error: OutboxError | DraftError) -> ResponseReturnValue:
    return error_words.plain(error.code, getattr(error, "params", None))


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
        )
    response = _bubble(message_id)
    if written.parts and not written.text.strip():
        # A place is sent from beside the text field, where something else may stand.
        return response
    response.headers["X-Draft-Version"] = str(drafts.clear(ticket_id, written.mode, g.actor))
    return response


@blueprint.post("/t/<int:ticket_id>/ask")
def ask(ticket_id: int) -> ResponseReturnValue:
    """One press: the built-in text for `kind`. The draft stays where it is."""
    kind = cast(Ask, request.form.get("kind", ""))
    return _bubble(asking.ask(ticket_id, kind, g.actor, letter_form.key()))


@blueprint.post("/t/<int:ticket_id>/typing")
def show_typing(ticket_id: int) -> ResponseReturnValue:
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
    message_id = request.form.get("message", default=0, type=int)
    if 0 < message_id < 1 << 62:
        reading.mark_read(ticket_id, message_id, g.actor)
    return "", 204


def _bubble(message_id: int) -> Response:
    entry = chat_log.single(*conversation.one(message_id, g.actor))
    response = make_response(render_template("desk/_bubble.html", entry=entry))
    response.headers["X-Message"] = str(message_id)
    return response
