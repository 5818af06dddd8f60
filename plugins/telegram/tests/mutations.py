"""Poison for the reader: any sample with any of its values replaced, dropped, swollen, doubled or nested."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

SAMPLES = [json.loads(path.read_bytes()) for path in sorted((Path(__file__).parent / "updates").glob("*.json"))]
# Content that no sample holds, and what tomorrow may bring.
KINDS = (
    {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 9}]}},
    {"giveaway": {"winner_count": 2, "prize_description": "a kettle"}},
    {"game": {"title": "Chess", "photo": [{"file_id": "P1", "width": 9, "height": 9}]}},
    {"photo": [{"file_id": "P1", "width": 9, "height": 9}], "live_photo": {"file_id": "L1", "duration": 3}},
    {"voice": {"file_id": "V1", "file_unique_id": "U", "duration": 3, "mime_type": "audio/ogg"}},
    {"text": "x", "external_reply": {"origin": {"type": "channel", "chat": {"id": -1}}}, "quote": {"text": "q"}},
    {"text": "x", "forward_from_chat": {"id": -1, "title": "News"}, "forward_signature": "ed", "forward_date": 1},
    {"invented_in_2031": {"blocks": [{"text": "words"}, {"caption": "more"}]}},
)
FRAME = {
    "message_id": 7,
    "date": 1784480000,
    "from": {"id": 5, "is_bot": False, "first_name": "Anna"},
    "chat": {"id": 5, "type": "private"},
}
UPDATES = [*SAMPLES, *({"update_id": 1, "message": {**FRAME, **kind}} for kind in KINDS)]
Path_ = tuple[str | int, ...]


def nest(depth: int, value: Any = "deep") -> Any:
    for _ in range(depth):
        value = {"text": [value]}
    return value


LONGEST = 65_536
long_texts = st.sampled_from(["a" * 65_536, "𝒳" * 32_768, "\u202e" * 65_536, "\x00" * 65_536, "я\n" * 32_768])
odd_texts = st.one_of(
    st.sampled_from(["", "\x00", "\ud800", "a\udfffb", "\ud83d", "\u202e" * 40, "\u2066x\u2069", "\x1b[2J", "\x85"]),
    st.sampled_from(
        ["9" * 50, "-0", "../" * 30, "C:\\x\\..", "javascript:alert(1)", "<script>", ":", "%s{x}", "🇷🇺👨‍👩‍👧"]
    ),
    st.text(max_size=20),
    st.text(st.characters(categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp")), max_size=20),
)
odd_numbers = st.one_of(
    st.sampled_from([-1, 0, 1 << 31, 1 << 53, 1 << 63, -(1 << 63) - 1, 1 << 200, 10**400]),
    st.sampled_from([1e308, -1e308, 5e-324, -0.0, float("inf"), float("-inf"), float("nan")]),
    st.integers(),
)
odd_structures = st.one_of(
    st.sampled_from([[], {}, [[]], {"id": {}}, {"file_id": []}, [None], {"text": [[[{"text": 1}]]]}, [[[[[]]]]]]),
    st.builds(nest, st.sampled_from([3, 13, 40])),
    st.sampled_from([[{}] * 300, ["x"] * 300, {str(number): number for number in range(300)}]),
)
odd_values = st.one_of(st.none(), st.booleans(), odd_numbers, odd_texts, odd_structures)


def paths(value: Any, prefix: Path_ = ()) -> list[Path_]:
    """Every place in it, but what hides in the nests this poison itself has made."""
    found = [prefix] if prefix else []
    if len(prefix) > 12:
        return found
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(children)[:50]:
        found += paths(child, (*prefix, key))
    return found


@st.composite
def mutated_updates(draw: st.DrawFn) -> dict[str, Any]:
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(UPDATES)))
    for _ in range(draw(st.integers(1, 4))):
        known = paths(update)
        if not known:
            break
        *above, last = draw(st.sampled_from(known))
        holder: Any = update
        for key in above:
            holder = holder[key]
        _mutate(draw, holder, last)
    return update


def _mutate(draw: st.DrawFn, holder: Any, last: Any) -> None:
    match draw(st.sampled_from(("drop", "replace", "replace", "replace", "rename", "wrap", "double", "swell"))):
        case "drop":
            del holder[last]
        case "rename" if isinstance(holder, dict):
            holder[draw(odd_texts)] = holder.pop(last)
        case "wrap":
            holder[last] = [holder[last]]
        case "swell" if last == "text":
            holder[last] = draw(long_texts)
        case "double" if isinstance(holder[last], str) and holder[last]:
            holder[last] = (holder[last] * (LONGEST // len(holder[last]) + 1))[:LONGEST]
        case _:
            holder[last] = copy.deepcopy(draw(odd_values))
