"""Updates that nobody can read."""

from __future__ import annotations

import pytest

from tests.faults.drills.tally import INCOMING
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
FAILED = "SELECT id, raw, reason FROM inbound_update WHERE state = 'failed' AND id > ? ORDER BY id"
BUBBLES = """
    SELECT p.kind FROM part p JOIN message m ON m.id = p.message_id JOIN address a ON a.id = m.address_id
    WHERE a.external_id = ? AND p.data LIKE '%unread%'
"""


def test_each_is_kept_and_shown_and_the_rest_flows(shop: Shop) -> None:
    (phone,) = shop.add_customers(1)
    last_row = shop.box.count("SELECT coalesce(max(id), 0) FROM inbound_update")
    last_event = shop.box.count("SELECT coalesce(max(id), 0) FROM event")
    unreadable = [
        b'{"update_id": __UPDATE_ID__, "message": "nonsense"}',
        b'{"update_id": __UPDATE_ID__, "message": {"chat": {"id": %d, "type": "private"}, "text": "cut in the midd'
        % phone.chat_id,
        b"\xff\xfe no JSON at all",
        b'"neither is this an update"',
    ]
    texts = [f"message {number}" for number in range(len(unreadable))]
    for text, update in zip(texts, unreadable, strict=True):
        shop.write([(phone, text)])
        shop.sandbox.control.inject(shop.bot_id, update)
    shop.write([(phone, "the last message")])
    shop.settle(60)

    stored = [row["text"] for row in shop.box.read(INCOMING) if row["chat"] == str(phone.chat_id)]
    assert [text for text in stored if text] == [*texts, "the last message"]
    rows = shop.box.read(FAILED, last_row)
    for row, part in zip(rows, (b"nonsense", b"cut in the midd", b"no JSON at all", b"neither is this"), strict=True):
        assert part in row["raw"]
        assert row["reason"]
    told = "SELECT count(*) FROM event WHERE kind = 'journal_unread' AND id > ?"
    assert shop.box.count(told, last_event) == len(unreadable)
    assert len(shop.box.read(BUBBLES, str(phone.chat_id))) == 1, "the one that names its chat is shown there"
