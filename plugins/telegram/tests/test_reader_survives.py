"""The reader meets updates nobody has seen: any sample with any of its values replaced, dropped or swollen."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance import Ignored, Incoming, IncomingMessage, Unreadable
from appliance_telegram.reader import read_update

SAMPLES = [json.loads(path.read_bytes()) for path in sorted((Path(__file__).parent / "updates").glob("*.json"))]
Path_ = tuple[str | int, ...]

odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([-1, 0, 1 << 31, 1 << 63, 1 << 200, 1e308, -0.0, float("inf"), float("nan")]),
    st.sampled_from(["", "\x00", "\ud800", "\u202e" * 40, "9" * 50, "../" * 30, "a" * 5000, "𝒳" * 300, ":"]),
    st.sampled_from([[], {}, [[]], {"id": {}}, {"file_id": []}, [None], {"text": [[[{"text": 1}]]]}]),
    st.text(max_size=20),
    st.integers(),
)


def paths(value: Any, prefix: Path_ = ()) -> list[Path_]:
    found = [prefix] if prefix else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found += paths(child, (*prefix, key))
    return found


@st.composite
def mutated_updates(draw: st.DrawFn) -> dict[str, Any]:
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 4))):
        known = paths(update)
        if not known:
            break
        *above, last = draw(st.sampled_from(known))
        holder: Any = update
        for key in above:
            holder = holder[key]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = copy.deepcopy(draw(odd_values))
    return update


def check_fit(value: Incoming) -> None:
    """The database can hold it, and no bubble is empty."""
    repr(value).encode("utf-8")
    assert "\x00" not in repr(value).replace("\\x00", "\x00")
    if isinstance(value, IncomingMessage):
        assert value.reference.message
        assert value.parts
        assert all(part.text or part.file or part.data for part in value.parts)
        assert all(e.offset >= 0 and e.offset + e.length <= len(p.text) for p in value.parts for e in p.entities)
    if not isinstance(value, Ignored):
        assert value.chat.external_id
        assert value.author
        assert value.author.external_id


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated_updates())
def test_it_reads_any_mutation_or_says_why_not(update: dict[str, Any]) -> None:
    try:
        values = read_update(json.dumps(update).encode(), "7000000001")
    except Unreadable:
        return
    assert values
    for value in values:
        check_fit(value)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_it_reads_any_bytes_or_says_why_not(raw: bytes) -> None:
    with suppress(Unreadable):
        assert read_update(raw, "")
