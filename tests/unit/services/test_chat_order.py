"""Messages of several tickets in one order, from any place, both ways."""

from __future__ import annotations

import pytest

from appliance.services import chat_order
from appliance.services.chat_order import END
from tests.unit.services.chat_rooms import move, speak_in_turn
from tests.unit.services.conftest import Desk


@pytest.fixture
def mixed(desk: Desk) -> list[int]:
    """Three tickets whose messages stand among each other; the tickets' numbers."""
    made = speak_in_turn(desk, 5, 5, 5)
    for place, message in enumerate(desk.messages()):
        move(message.id, made[place * 7 % 3])
    return made


def test_the_newest_come_first_however_the_tickets_mix(desk: Desk, mixed: list[int]) -> None:
    ids = [message.id for message in desk.messages()]
    with desk.read() as session:
        for most in (1, 4, 15, 40):
            assert chat_order.before(session, mixed, END, most) == ids[-most:]
            assert chat_order.before(session, mixed, ids[9], most) == ids[max(0, 9 - most) : 9]
            assert chat_order.after(session, mixed, ids[4], most) == ids[5 : 5 + most]
            assert chat_order.after(session, mixed, 0, most) == ids[:most]


def test_only_the_named_tickets_count(desk: Desk, mixed: list[int]) -> None:
    with desk.read() as session:
        found = chat_order.before(session, mixed[:1], END, 40)
        assert found == [message.id for message in desk.messages(mixed[0])]
        assert chat_order.before(session, [], END, 40) == []
        assert chat_order.newest(session, [9999]) is None
