"""Answers to getUpdates are taken apart without touching the updates' bytes."""

from __future__ import annotations

import json

import pytest

from appliance import RawUpdate
from appliance_telegram.batches import Undecodable, chat_key, keep_bytes, read_batch

FIRST = '{"update_id":5, "message":{"chat":{"id":-7},"text":"caf\u00e9 \\ud83d \U0001f4a7", "n":1.50}}'.encode()
SECOND = b'{"update_id":6,"edited_business_message":{"business_connection_id":"C1","chat":{"id":8}}}'


def answer(*updates: bytes) -> bytes:
    return b'{"ok":true,"result":[' + b",\n".join(updates) + b"]}"


def test_it_keeps_each_update_byte_for_byte() -> None:
    batch = read_batch(answer(FIRST, SECOND))
    assert batch.rows == (RawUpdate(FIRST, "5", "-7"), RawUpdate(SECOND, "6", "C1:8"))
    assert batch.next_offset == 7


def test_nothing_new_acknowledges_nothing() -> None:
    assert read_batch(answer()).next_offset is None


def test_another_order_of_fields_is_an_answer_too() -> None:
    (row,) = read_batch(b'{"result":[{"update_id":9}],"ok":true}').rows
    assert (json.loads(row.raw), row.external_id) == ({"update_id": 9}, "9")


def test_an_update_without_a_number_rides_along() -> None:
    batch = read_batch(answer(b'{"message":{}}', b'"text"', b'{"update_id":6}'))
    assert [row.external_id for row in batch.rows] == ["", "", "6"]
    assert batch.next_offset == 7


@pytest.mark.parametrize(
    "body",
    [
        answer(FIRST, b'{"update_id":6,"message":'),
        answer(b'{"update_id":6,"message":{"text":"\xff"}}'),
        answer(b'{"update_id":6,"message":' + b"[" * 100_000),
        answer(b'{"message":{}}'),
        b'{"ok":true,"result":{}}',
        b'{"ok":true}',
        b"",
    ],
)
def test_what_it_cannot_take_apart_it_says(body: bytes) -> None:
    with pytest.raises(Undecodable):
        read_batch(body)


def test_bytes_that_cannot_be_decoded_keep_what_is_known_of_them() -> None:
    body = answer(b'{"update_id":61,"message":{"chat":{"id":-44,"title":"\xff')
    assert keep_bytes(body).rows == (RawUpdate(body, "61", "-44"),)
    assert keep_bytes(body).next_offset == 62
    assert keep_bytes(b'{"ok":true,"result":[garbage').next_offset is None


def test_a_pressed_button_belongs_to_its_messages_chat() -> None:
    assert chat_key({"update_id": 1, "callback_query": {"message": {"chat": {"id": 3}}}}) == "3"
    assert chat_key({"update_id": 1, "poll": {"id": "x"}}) == ""


@pytest.mark.parametrize("chat", ["\ud800", "\x00", "a:b", {"id": 1}, None, True, 1 << 90, "9" * 99])
def test_a_chat_the_journal_could_not_hold_is_no_key(chat: object) -> None:
    assert chat_key({"update_id": 1, "message": {"chat": {"id": chat}}}) == ""
