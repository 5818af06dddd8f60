"""What the journal takes: anything."""

from __future__ import annotations

from sqlalchemy import select

from appliance.models import InboundUpdate
from appliance.values import RawUpdate
from tests.unit.services.conftest import Desk


def test_half_a_letter_in_a_chats_name_keeps_nothing_out(desk: Desk) -> None:
    rows = [RawUpdate(b"first", "1\0", "\ud800"), RawUpdate(b"second", "2", "7")]
    desk.journal.commit(rows, "3")
    with desk.read() as session:
        kept = session.execute(select(InboundUpdate.external_id, InboundUpdate.chat_key, InboundUpdate.raw)).all()
    assert [tuple(row) for row in kept] == [("1", "?", b"first"), ("2", "7", b"second")]
