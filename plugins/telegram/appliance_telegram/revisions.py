"""Plans how a sent message is made to read anew, or taken away. Repeating any of these sends is harmless.

A piece's payload: edit_text {message, text, entities}; edit_caption {message, caption, caption_entities}; delete
{messages}; each with the chat its messages are in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from appliance import Piece, PlanError, Reference, Revision
from appliance_telegram import limits
from appliance_telegram.border import mend
from appliance_telegram.entities import write_entities
from appliance_telegram.markup import is_editable, write_markup
from appliance_telegram.text_splitting import fits, split_text
from appliance_telegram.whereabouts import Place, find_places

EDIT_TEXT, EDIT_CAPTION, DELETE = KINDS = ("edit_text", "edit_caption", "delete")


def plan_edit(revision: Revision) -> tuple[Piece, ...]:
    """One edit for each message whose words may be new; messages that are no longer needed are deleted last.
    Raises PlanError."""
    _check_chat(revision.address, [reference for _, reference in revision.sent], "cannot_edit")
    places = find_places(revision.parts, revision.sent)
    edits: list[Piece] = []
    surplus: list[str] = []
    for place in places:
        if not revision.changed or place.part.position in revision.changed:
            edited, left_over = _revise(place, revision.address)
            edits += edited
            surplus += left_over
    known = [reference.message for _, reference in revision.sent]
    if surplus and set(known) <= set(surplus):
        raise PlanError("empty")
    in_albums = {place.message for place in places if place.in_album}
    carriers = [message for message in known if message not in surplus and message not in in_albums]
    # Where there are only albums, the last file was sent outside of them for the keyboard's sake.
    kept = _keep_markup(edits, (carriers or known or [""])[-1], revision)
    return (*kept, *_plan_runs(revision.address, surplus))


def plan_delete(address: str, sent: Sequence[Reference]) -> tuple[Piece, ...]:
    """Raises PlanError."""
    _check_chat(address, sent, "cannot_delete")
    return _plan_runs(address, list(dict.fromkeys(reference.message for reference in sent)))


def _check_chat(address: str, sent: Sequence[Reference], code: str) -> None:
    """In a group that has moved the old numbers are other messages'."""
    if any(reference.chat != address or not reference.message.isdigit() for reference in sent):
        raise PlanError(code)


def _revise(place: Place, address: str) -> tuple[list[Piece], Sequence[str]]:
    """The edits, and the messages left over."""
    part = place.part
    text, position = mend(part.text), (part.position,)
    if place.texts or not place.message:
        words = split_text(text, part.entities, limits.TEXT)
        if len(words) > len(place.texts):
            raise PlanError("edit_too_long" if place.texts else "cannot_edit")
        edits = [
            Piece(EDIT_TEXT, _payload(address, message, "text", "entities", *formatted), position)
            for message, formatted in zip(place.texts, words, strict=False)
        ]
        return edits, place.texts[len(words) :]
    if not place.captioned:
        if text.strip():
            raise PlanError("cannot_edit")
        return [], ()
    if not fits(text, limits.CAPTION):
        raise PlanError("edit_too_long")
    payload = _payload(address, place.message, "caption", "caption_entities", text, part.entities)
    return [Piece(EDIT_CAPTION, payload, position)], ()


def _payload(address: str, message: str, words: str, formatting: str, text: str, entities: Any) -> dict[str, Any]:
    return {"chat": address, "message": message, words: text, formatting: write_entities(text, entities)}


def _keep_markup(edits: Sequence[Piece], carrier: str, revision: Revision) -> list[Piece]:
    """An edit that does not repeat the buttons and the choice of no preview takes both away."""
    markup = write_markup(revision.address, revision.parts, revision.manner)
    kept = []
    for edit in edits:
        more: dict[str, Any] = {}
        if edit.kind == EDIT_TEXT and not revision.manner.preview:
            more["preview"] = False
        if markup is not None and edit.payload["message"] == carrier:
            if not is_editable(markup):
                raise PlanError("cannot_edit")
            more["markup"] = markup
        kept.append(replace(edit, payload={**edit.payload, **more}))
    return kept


def _plan_runs(address: str, messages: Sequence[str]) -> tuple[Piece, ...]:
    runs = [messages[start : start + limits.DELETIONS] for start in range(0, len(messages), limits.DELETIONS)]
    return tuple(Piece(DELETE, {"chat": address, "messages": list(run)}) for run in runs)
