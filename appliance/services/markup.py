"""Formatting as staff type it, and back: the marked text for people, plain text with entities for the messenger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from appliance.services import marks
from appliance.values import Entity

# Each one costs some readings of the text; what was typed as marks never comes to this.
MOST_TRIED = 30
_SIGNS = {kind: sign for sign, kind in {**marks.STYLES, **marks.CODES}.items()}


def read_marks(text: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and its formatting, in code points. Marks that are odd or not closed stay as they are."""
    found = marks.find(text)
    plain: list[str] = []
    places: list[int] = []
    position = length = 0
    for start, end in sorted(found.cuts):
        places += range(length, length + start - position)
        places += [length + start - position] * (end - start)
        plain.append(text[position:start])
        length += start - position
        position = end
    places += range(length, length + len(text) - position + 1)
    plain.append(text[position:])
    entities = [
        Entity(span.kind, places[span.offset], places[span.offset + span.length] - places[span.offset], span.url)
        for span in found.spans
    ]
    return "".join(plain), _ordered(entities)


def write_marks(plain: str, entities: Sequence[Entity]) -> str:
    """A marked text that reads as this one. The words are always the same; formatting that cannot be typed (a kind
    without a mark, one that overlaps another) is left out."""
    wanted = _ordered(entity for entity in entities if entity.kind in _SIGNS or entity.kind == "link")
    whole = _written(plain, wanted)
    if whole is not None:
        return whole
    kept: list[Entity] = []
    best = _written(plain, ())
    for entity in wanted[:MOST_TRIED]:
        tried = _written(plain, _ordered([*kept, entity]))
        if tried is not None:
            kept.append(entity)
            best = tried
    return plain if best is None else best


def _written(plain: str, entities: Sequence[Entity]) -> str | None:
    """As few backslashes as possible; None when this cannot be typed. What stands around two styles of the same
    words may allow only one of them to be the outer one."""
    for escaping in (False, True):
        for outer_first in permutations(marks.STYLES.values()):
            text = _insert(plain, _nested(entities, ("link", *outer_first, *marks.CODES.values())), escaping=escaping)
            if read_marks(text) == (plain, tuple(entities)):
                return text
            if not entities:
                break
    return None


def _nested(entities: Iterable[Entity], rank: Sequence[str]) -> list[Entity]:
    """The outer ones first; of two over the same words the one that stands earlier in `rank`."""
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length, rank.index(entity.kind)))


def _insert(plain: str, entities: Sequence[Entity], *, escaping: bool) -> str:
    signs = _escapes(plain, entities) if escaping else []
    for number, entity in enumerate(entities):
        opening, closing = _around(entity)
        end = entity.offset + entity.length
        # At one place: what closes stands before what opens; of two that open the outer one comes first.
        signs += [(entity.offset, 2, number, opening), (end, 1, -number, closing)]
    made: list[str] = []
    position = 0
    for place, _, _, sign in sorted(signs):
        made += [plain[position:place], sign]
        position = place
    return "".join(made) + plain[position:]


def _around(entity: Entity) -> tuple[str, str]:
    if entity.kind == "link":
        balanced = marks.LINK.fullmatch(f"[x]({entity.url})") is not None
        url = entity.url if balanced else entity.url.replace("(", "%28").replace(")", "%29")
        return "[", f"]({url})"
    if entity.kind == "pre":
        return "```\n", "\n```"
    return _SIGNS[entity.kind], _SIGNS[entity.kind]


def _escapes(plain: str, entities: Sequence[Entity]) -> list[tuple[int, int, int, str]]:
    """Backslashes before everything that would be read, and for each backslash that stands before a mark."""
    codes = [(entity.offset, entity.offset + entity.length) for entity in entities if entity.kind in ("code", "pre")]
    made = {
        (mark.start, 3, 0, "\\" * (mark.slashes + 1))
        for mark in marks.marks(plain)
        if not any(start <= mark.start < end for start, end in codes)
    }
    for entity in entities:
        for place in (entity.offset, entity.offset + entity.length):
            slashes = len(plain[:place]) - len(plain[:place].rstrip("\\"))
            if slashes and not (place != entity.offset and entity.kind in ("code", "pre")):
                made.add((place, 0, 0, "\\" * slashes))
    return list(made)


def _ordered(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each once, outer ones first."""
    return tuple(sorted(set(entities), key=lambda entity: (entity.offset, -entity.length, entity.kind, entity.url)))
