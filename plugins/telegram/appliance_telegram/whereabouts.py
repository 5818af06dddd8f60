"""Where the words of a sent message stand: in messages of their own, or as the caption of a file.

A text that was sent with a file is the caption of that file's message. A caption that was too long, or that its kind
does not take, follows the file in messages of its own. Which it was can only be told from who carries what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appliance import OutgoingPart, Reference
from appliance_telegram.native_kinds import CAPTIONED, native_kind
from appliance_telegram.planning import group_parts


@dataclass(frozen=True)
class Place:
    """Where one part's words stand. `message`: the file's, place's or card's own, '' for none; `captioned`: it can have
    the words below it; `texts`: messages of words alone."""

    part: OutgoingPart
    message: str = ""
    captioned: bool = False
    in_album: bool = False
    texts: tuple[str, ...] = ()


def find_places(parts: Sequence[OutgoingPart], sent: Sequence[tuple[int, Reference]]) -> list[Place]:
    """A place for each part."""
    messages = _by_position(sent)
    places: list[Place] = []
    groups = list(group_parts(parts))
    for number, group in enumerate(groups):
        if native_kind(group[0]) == "text":
            places.append(_text(group[0], groups[number + 1] if number + 1 < len(groups) else (), messages))
            continue
        taken = {place.message for place in places if place.message}
        places += [_file(part, len(group) > 1, messages, taken) for part in group]
    return places


def _by_position(sent: Sequence[tuple[int, Reference]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    for position, reference in sent:
        found.setdefault(position, {})[reference.message] = None
    return {position: tuple(messages) for position, messages in found.items()}


def _text(text: OutgoingPart, group: Sequence[OutgoingPart], messages: Mapping[int, tuple[str, ...]]) -> Place:
    own = messages.get(text.position, ())
    if group and len(own) == 1 and native_kind(group[0]) in CAPTIONED:
        # A message is remembered for one part only: a file without any has lent its message to the text before it.
        file = messages.get(group[0].position, own)
        if file[0] == own[0]:
            return Place(text, own[0], captioned=True, in_album=len(group) > 1)
    return Place(text, texts=own)


def _file(part: OutgoingPart, in_album: bool, messages: Mapping[int, tuple[str, ...]], taken: set[str]) -> Place:
    own = messages.get(part.position, ())
    if not own or own[0] in taken:
        return Place(part)
    return Place(part, own[0], native_kind(part) in CAPTIONED, in_album, own[1:])
