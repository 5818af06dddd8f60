"""The reader meets updates nobody has seen: nothing but Unreadable escapes, and what it reads can be stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance import Ignored, Incoming, IncomingMessage, Unreadable
from appliance_telegram.batches import Undecodable, read_batch, read_pushed
from appliance_telegram.border import TEXT
from appliance_telegram.reader import read_update
from plugins.telegram.tests.mutations import mutated_updates, nest
from plugins.telegram.tests.reading import BOT

thoroughly = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
_LARGEST = 1 << 63


def check_storable(value: Any, place: str = "") -> None:
    """Every text is UTF-8 without NUL, every number fits 64 bits and JSON, all the way down."""
    if isinstance(value, str):
        value.encode("utf-8")
        assert "\x00" not in value, place
        assert len(value) <= TEXT, place
    elif isinstance(value, int):
        assert -_LARGEST <= value < _LARGEST, place
    elif isinstance(value, float):
        assert abs(value) < float("inf"), place
    elif isinstance(value, dict):
        for key, item in value.items():
            check_storable(key, place)
            check_storable(item, f"{place}.{key}")
    elif isinstance(value, tuple | list):
        for item in value:
            check_storable(item, place)
    elif is_dataclass(value):
        for field in fields(value):
            check_storable(getattr(value, field.name), f"{place}.{field.name}")
    else:
        assert value is None or (isinstance(value, datetime) and value.tzinfo is not None), place


def check_whole(value: Incoming) -> None:
    """No bubble is empty, nothing is said by nobody, formatting stays within its text."""
    if isinstance(value, Ignored):
        assert value.reason
        return
    assert value.chat.external_id
    assert value.author
    assert value.author.external_id
    if isinstance(value, IncomingMessage):
        assert value.reference.message
        assert value.parts
        assert all(part.text or part.file or part.data for part in value.parts)
        assert all(e.offset >= 0 and e.offset + e.length <= len(p.text) for p in value.parts for e in p.entities)


def check(raw: bytes) -> None:
    try:
        values = read_update(raw, BOT)
    except Unreadable as error:
        check_storable(str(error))
        return
    assert values
    for value in values:
        check_storable(value)
        check_whole(value)


@thoroughly
@given(mutated_updates())
def test_it_reads_any_mutation_or_says_why_not(update: dict[str, Any]) -> None:
    check(json.dumps(update).encode())


@thoroughly
@given(mutated_updates())
def test_letters_that_are_none_do_no_harm_either(update: dict[str, Any]) -> None:
    check(json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_it_reads_any_bytes_or_says_why_not(raw: bytes) -> None:
    check(raw)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(mutated_updates(), min_size=1, max_size=4))
def test_a_poisoned_neighbour_takes_nobody_along(updates: list[dict[str, Any]]) -> None:
    """What can be taken apart keeps every update; what cannot says so, and is asked for one by one."""
    body = b'{"ok":true,"result":[' + b",".join(json.dumps(update).encode() for update in updates) + b"]}"
    with suppress(Undecodable):
        rows = read_batch(body).rows
        assert [json.dumps(json.loads(row.raw)) for row in rows] == [json.dumps(update) for update in updates]
        for row in rows:
            check_storable((row.external_id, row.chat_key))
            assert row.raw == read_pushed(row.raw).raw


@pytest.mark.parametrize("depth", [10, 100, 500, 900, 990, 2000, 20_000])
@pytest.mark.parametrize("field", ["text", "rich_message", "invented", "photo", "reply_to_message", "forward_origin"])
def test_no_depth_is_too_deep(depth: int, field: str) -> None:
    opening, closing = '{"text":[' * depth, "]}" * depth
    frame = f'{{"update_id":1,"message":{{"message_id":7,"date":1,"chat":{{"id":5}},"{field}":'
    check(f'{frame}{opening}"deep"{closing}}}}}'.encode())


@pytest.mark.parametrize("digits", [20, 400, 4_000, 60_000])
def test_no_number_is_too_long(digits: int) -> None:
    number = "9" * digits
    for field in ("date", "edit_date", "message_id", "media_group_id"):
        check(f'{{"update_id":{number},"message":{{"{field}":{number},"chat":{{"id":5}},"text":"x"}}}}'.encode())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated_updates())
def test_sqlite_takes_what_it_reads(update: dict[str, Any]) -> None:
    try:
        values = read_update(json.dumps(update).encode(), BOT)
    except Unreadable:
        return
    database = sqlite3.connect(":memory:")
    for text in (item for value in values for item in _leaves(value)):
        assert database.execute("SELECT ?", (text,)).fetchone()[0] == text
    database.close()


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [json.dumps(value, allow_nan=False)]
    if isinstance(value, tuple | list):
        return [leaf for item in value for leaf in _leaves(item)]
    if is_dataclass(value):
        return [leaf for field in fields(value) for leaf in _leaves(getattr(value, field.name))]
    return [value] if isinstance(value, str | int | float) else []


def test_the_poison_itself_is_strong() -> None:
    with pytest.raises(RecursionError):
        json.dumps(nest(100_000))
