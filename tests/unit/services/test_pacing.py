"""The messenger's pace is kept: in turn for one address, together for a connection, by the minute for a group."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Address, Connection, Delivery, DeliveryPiece, now
from appliance.services import deliveries, outbox, pacing, sending, turns
from appliance.services.pacing import Clock, Place
from appliance.values import Pace
from tests.unit.services.conftest import Desk

ONE, OTHER = Place(1, 1), Place(1, 2)
# So long that no machine is slow enough to let the time pass within a test.
SLOW = Pace(per_address_seconds=1000)


@pytest.fixture
def ticket(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(turns, "CLOCK", Clock())
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def addresses() -> list[int]:
    with db.session() as session:
        return list(session.scalars(select(Address.id).order_by(Address.id)))


def rows() -> list[tuple[str, int]]:
    with db.session() as session:
        return [(row.state, row.attempts) for row in session.scalars(select(Delivery).order_by(Delivery.id))]


def let_time_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "CLOCK", Clock())
    with db.write() as session:
        session.execute(update(Delivery).values(next_try_at=None))


def test_a_quiet_address_is_written_to_at_once() -> None:
    assert Clock().take(ONE, Pace(1, 30, 20)) == 0


def test_without_a_pace_nothing_waits() -> None:
    clock = Clock()
    assert [clock.take(ONE, Pace()) for _ in range(100)] == [0] * 100


def test_an_address_waits_for_its_turn_and_another_does_not() -> None:
    clock = Clock()
    clock.take(ONE, SLOW)
    assert 990 < clock.take(ONE, SLOW) <= 1000
    assert clock.take(OTHER, SLOW) == 0


def test_looking_takes_nothing() -> None:
    clock = Clock()
    assert (clock.wait(ONE, SLOW), clock.wait(ONE, SLOW), clock.take(ONE, SLOW)) == (0, 0, 0)


def test_all_addresses_of_a_connection_share_its_pace() -> None:
    clock, pace = Clock(), Pace(overall_per_second=0.01)
    assert clock.take(ONE, pace) == 0
    assert clock.take(OTHER, pace) > 90
    assert clock.take(Place(2, 3), pace) == 0


def test_a_group_has_its_minute_and_an_album_counts_its_pictures() -> None:
    clock, pace, group = Clock(), Pace(group_per_minute=20), Place(1, 5, group=True)
    assert clock.take(group, pace, 10) == 0
    assert [clock.take(group, pace) for _ in range(9)] == [0] * 9
    assert clock.take(group, pace, 2) > 0
    assert clock.take(group, pace) == 0
    assert clock.take(group, pace) > 0
    assert clock.take(ONE, pace) == 0


def test_an_album_larger_than_the_pace_leaves_all_the_same() -> None:
    assert Clock().take(ONE, Pace(overall_per_second=1), 10) == 0


def test_what_is_too_early_waits_in_its_row_and_no_thread_with_it(
    desk: Desk, ticket: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.outside.can = {"pace": SLOW}
    outbox.reply(ticket, desk.agent, "one")
    outbox.reply(ticket, desk.agent, "two")
    sending.deliver(*addresses())
    assert [words for _, words in desk.outside.sent] == ["one"]
    assert rows() == [("sent", 1), ("queued", 0)]
    assert deliveries.due_addresses() == []
    with db.session() as session:
        assert (session.get_one(Delivery, 2).next_try_at or now()) > now()
    let_time_pass(monkeypatch)
    sending.deliver(*addresses())
    assert [words for _, words in desk.outside.sent] == ["one", "two"]


def test_between_the_pieces_of_a_long_text_what_has_left_stays_sent(
    desk: Desk, ticket: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.outside.can = {"pace": SLOW}
    outbox.reply(ticket, desk.agent, "one|two")
    sending.deliver(*addresses())
    with db.session() as session:
        states = list(session.scalars(select(DeliveryPiece.state).order_by(DeliveryPiece.id)))
    assert (states, rows()) == (["sent", "waiting"], [("queued", 0)])
    let_time_pass(monkeypatch)
    sending.deliver(*addresses())
    assert ([words for _, words in desk.outside.sent], rows()) == (["one", "two"], [("sent", 1)])


def test_other_addresses_go_on_meanwhile(desk: Desk, ticket: int) -> None:
    desk.outside.can = {"pace": SLOW}
    desk.write({"chat": 8, "id": 1, "text": "Me too"})
    for words in ("one", "two"):
        outbox.reply(ticket, desk.agent, words)
    outbox.reply(1002, desk.agent, "other")
    for address_id in addresses():
        sending.deliver(address_id)
    assert desk.outside.sent == [("7", "one"), ("8", "other")]


def test_a_short_wait_is_not_worth_a_way_through_the_queue(desk: Desk, ticket: int) -> None:
    desk.outside.can = {"pace": Pace(per_address_seconds=turns.SHORT / 2)}
    outbox.reply(ticket, desk.agent, "one|two|three")
    sending.deliver(*addresses())
    assert [words for _, words in desk.outside.sent] == ["one", "two", "three"]


def test_the_clock_forgets_who_is_long_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "REMEMBERED", 10)
    monkeypatch.setattr(pacing, "MINUTE", 0.0)
    clock = Clock()
    for number in range(100):
        clock.take(Place(1, number), Pace(per_address_seconds=0.001))
    assert len(clock._sent) <= 11


def test_a_connection_that_is_gone_sends_nothing(desk: Desk, ticket: int) -> None:
    outbox.reply(ticket, desk.agent, "one")
    with db.write() as session:
        session.execute(update(Connection).values(channel="gone"))
    sending.deliver(*addresses())
    assert rows() == [("queued", 0)]
