"""Cuts a message into the sends Telegram allows, in the order of its parts.

A piece's payload: text {text, entities, preview?}; a file's kind {items: [one]}; album {items: [2–10]}; the other kinds
carry the part's data. `reply_to` stands in the first piece, `markup` in the last that can have it. An item names its
file by its part's position, and with `instead_of` the kind it could not be sent as.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from appliance import FILE_KINDS, Entity, Outgoing, OutgoingPart, PartKind, Piece
from appliance_telegram import limits
from appliance_telegram.border import mend
from appliance_telegram.entities import write_entities
from appliance_telegram.markup import attach_markup, can_carry, write_markup
from appliance_telegram.native_kinds import CAPTIONED, album_family, native_kind
from appliance_telegram.text_splitting import fits, split_text


def plan_message(outgoing: Outgoing) -> tuple[Piece, ...]:
    """Every part in at least one piece; a long text or caption goes on in pieces of its own."""
    markup = write_markup(outgoing.address, outgoing.parts, outgoing.manner)
    pieces = _plan_groups(list(group_parts(outgoing.parts)))
    if markup is not None and not any(map(can_carry, pieces)):
        pieces = _plan_with_carrier(list(group_parts(outgoing.parts)))
    pieces = _reply(pieces, outgoing)
    if not outgoing.manner.preview:
        pieces = [_without_preview(piece) for piece in pieces]
    return attach_markup(pieces, markup)


def _plan_with_carrier(groups: list[list[OutgoingPart]]) -> list[Piece]:
    """For albums only: their words become a message that can have a keyboard; without words the last file does."""
    pieces = _plan_groups(groups, album_caption=0)
    if any(map(can_carry, pieces)):
        return pieces
    return _plan_groups([*groups[:-1], groups[-1][:-1], groups[-1][-1:]])


def _plan_groups(groups: Sequence[Sequence[OutgoingPart]], album_caption: int = limits.CAPTION) -> list[Piece]:
    """`album_caption`: how long the words below an album's file may be, in units."""
    pieces: list[Piece] = []
    waiting: OutgoingPart | None = None
    for group in groups:
        room = album_caption if len(group) > 1 else limits.CAPTION
        if native_kind(group[0]) == "text":
            pieces += _plan_waiting(waiting)
            waiting = group[0]
            continue
        if waiting is not None and not _takes_caption(group, waiting, room):
            pieces += _plan_waiting(waiting)
            waiting = None
        pieces += _plan_group(group, waiting, room)
        waiting = None
    return [*pieces, *_plan_waiting(waiting)]


def group_parts(parts: Sequence[OutgoingPart]) -> Iterator[list[OutgoingPart]]:
    """Runs of parts that may share an album; everything else alone."""
    run: list[OutgoingPart] = []
    for part in parts:
        family = album_family(native_kind(part))
        if run and (family is None or family != album_family(native_kind(run[0])) or len(run) == limits.ALBUM):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _takes_caption(group: Sequence[OutgoingPart], text: OutgoingPart, room: int) -> bool:
    """What is written with a picture is read with it: one message instead of two."""
    kind = native_kind(group[0])
    alone = len(group) == 1 and kind in CAPTIONED
    return (
        (alone or album_family(kind) == "pictures")
        and bool(text.text.strip())
        and fits(text.text, room)
        and not any(part.text for part in group)
    )


def _plan_waiting(text: OutgoingPart | None) -> list[Piece]:
    return [] if text is None else _plan_text(text)


def _plan_text(part: OutgoingPart) -> list[Piece]:
    text, positions = mend(part.text), (part.position,)
    # A blank text still makes a piece: its send says that there is nothing to send.
    pieces = split_text(text, part.entities, limits.TEXT) or [("", ())]
    return [Piece("text", _formatted(words, entities), positions) for words, entities in pieces]


def _plan_group(group: Sequence[OutgoingPart], caption: OutgoingPart | None, room: int) -> list[Piece]:
    kind = native_kind(group[0])
    if kind not in FILE_KINDS:
        return _plan_other(group[0], kind)
    items = [_item(part, native_kind(part), room) for part in group]
    positions = tuple(part.position for part in group)
    if caption is not None:
        items[0].update(_caption(mend(caption.text), caption.entities))
        positions = (caption.position, *positions)
    files = {str(part.position): part.file_id for part in group if part.file_id is not None}
    piece = Piece("album" if len(group) > 1 else kind, {"items": items}, positions, files)
    return [piece, *(rest for part in group for rest in _plan_rest(part, room))]


def _item(part: OutgoingPart, kind: PartKind, room: int) -> dict[str, Any]:
    item: dict[str, Any] = {"kind": kind, "position": part.position, "name": mend(part.name)}
    if kind != part.kind:
        item["instead_of"] = part.kind
    if part.file_id is not None:
        item["file"] = str(part.position)
    for key in ("remote_id", "width", "height", "duration"):
        if value := getattr(part, key):
            item[key] = value
    return {**item, **_caption(mend(part.text), part.entities)} if _has_caption(part, kind, room) else item


def _has_caption(part: OutgoingPart, kind: PartKind, room: int) -> bool:
    return bool(part.text.strip()) and kind in CAPTIONED and fits(part.text, room)


def _plan_rest(part: OutgoingPart, room: int = limits.CAPTION) -> list[Piece]:
    """The words of a part whose kind or length does not allow a caption."""
    return _plan_text(part) if part.text.strip() and not _has_caption(part, native_kind(part), room) else []


def _plan_other(part: OutgoingPart, kind: PartKind) -> list[Piece]:
    return [Piece(kind, {"data": dict(part.data)}, (part.position,)), *_plan_rest(part)]


def _formatted(text: str, entities: Sequence[Entity]) -> dict[str, Any]:
    return {"text": text, "entities": write_entities(text, entities)}


def _caption(text: str, entities: Sequence[Entity]) -> dict[str, Any]:
    return {"caption": text, "caption_entities": write_entities(text, entities)}


def _reply(pieces: list[Piece], outgoing: Outgoing) -> list[Piece]:
    reply = outgoing.reply_to
    if reply is None or reply.chat != outgoing.address or not pieces:
        return pieces
    first = replace(pieces[0], payload={**pieces[0].payload, "reply_to": reply.message})
    return [first, *pieces[1:]]


def _without_preview(piece: Piece) -> Piece:
    return replace(piece, payload={**piece.payload, "preview": False}) if piece.kind == "text" else piece
