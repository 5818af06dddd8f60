"""Writing: send a reply or a note, keep a draft, say what has been read. Nothing here ever redraws the composer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from appliance.services import conversation, drafts, outbox, reading, settings
from appliance.services.drafts import DraftError
from appliance.services.outbox import OutboxError
from appliance.values import FILE_KINDS, PartKind
from appliance.web import chat_log, error_words

blueprint = Blueprint("composer", __name__)
FILES = 30
LARGEST_VERSION = 1 << 52
# What the page calls a letter, so that posting it again after a lost answer does not send it twice.
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Written:
    """What the form carries, checked."""

    mode: str
    text: str
    file_ids: tuple[int, ...]
    kinds: dict[int, PartKind]
    reply_to: int | None
    key: str


@blueprint.errorhandler(OutboxError)
@blueprint.errorhandler(DraftError)
def refused(error: OutboxError | DraftError) -> ResponseReturnValue:
    return error_words.plain(error.code, getattr(error, "params", None))


@blueprint.post("/t/<int:ticket_id>/messages")
def send(ticket_id: int) -> ResponseReturnValue:
    """The finished bubble; `X-Draft-Version` is where the next draft of this mode goes on."""
    written = _read()
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
            undo_seconds=settings.get_number("undo_seconds"),
            key=written.key,
        )
    version = drafts.clear(ticket_id, written.mode, g.actor)
    entry = chat_log.single(*conversation.one(message_id, g.actor))
    response = make_response(render_template("desk/_bubble.html", entry=entry))
    response.headers["X-Message"] = str(message_id)
    response.headers["X-Draft-Version"] = str(version)
    return response


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


def _read() -> Written:
    form = request.form
    # An unknown mode is a note: what is not clearly a reply must not leave.
    mode = "reply" if form.get("mode") == "reply" else "note"
    ids = tuple(int(number) for number in form.getlist("file")[:FILES] if number.isdecimal() and len(number) < 18)
    kinds = {number: kind for number, kind in zip(ids, form.getlist("kind"), strict=False) if kind in FILE_KINDS}
    # Browsers send line breaks of forms as CR LF; messengers count and show them as one.
    text = form.get("text", "").replace("\r\n", "\n")
    key = form.get("key", "")
    return Written(mode, text, ids, kinds, form.get("reply_to", type=int), key if _KEY.fullmatch(key) else "")
