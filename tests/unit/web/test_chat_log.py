"""Days, groups and folded events of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from appliance.services.bubbles import MessageView
from appliance.services.stretches import HiddenSpan, Item, Stretch, TicketMark
from appliance.services.timeline import EventView
from appliance.web import chat_log

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, timezone_selector=lambda: "Europe/Moscow")
    with app.test_request_context():
        yield


def said(number: int, at: datetime, kind: str = "incoming", group: str = "incoming:1", ticket: int = 1) -> MessageView:
    return MessageView(number, ticket, kind, at, at, "Anna", group, 1, False, None, False, ())


def happened(number: int, at: datetime, ticket: int = 1, kind: str = "ticket_changed") -> EventView:
    return EventView(number, at, kind, "agent", 1, "Olga", {}, {}, {}, ticket)


def kinds(*items: Item, read_to: int | None = None, earlier: MessageView | None = None) -> list[str]:
    made = chat_log.entries(Stretch(items, earlier=earlier), 1, read_to, goes_on=True)
    return [f"{entry.kind}{'' if entry.first else '+'}" for entry in made]


def places(*items: Item, opened: int = 1, earlier: MessageView | None = None) -> list[str]:
    """Each entry with the ticket it stands under; a star where another one is open."""
    marks = {number: TicketMark(number, "", "open", "", "none", "us", NOON, None, None) for number in (1, 2)}
    stretch = Stretch(items, earlier=earlier, tickets=marks)
    made = chat_log.entries(stretch, opened, goes_on=earlier is not None)
    return [f"{entry.kind} {entry.ticket_id}{'*' if entry.other else ''}" for entry in made if entry.kind != "day"]


def test_a_day_is_named_once() -> None:
    assert kinds(said(1, NOON), said(2, NOON + timedelta(days=1))) == ["day", "bubble", "day", "bubble"]


def test_days_are_the_readers_days() -> None:
    # 20:30 and 21:30 UTC lie on two days in Moscow.
    evening = NOON.replace(hour=20, minute=30)
    assert kinds(said(1, evening), said(2, evening + timedelta(hours=1))) == ["day", "bubble", "day", "bubble"]


def test_one_author_within_five_minutes_is_named_once() -> None:
    later = NOON + timedelta(minutes=4)
    assert kinds(said(1, NOON), said(2, later)) == ["day", "bubble", "bubble+"]
    assert kinds(said(1, NOON), said(2, NOON + timedelta(minutes=6))) == ["day", "bubble", "bubble"]
    assert kinds(said(1, NOON), said(2, later, group="incoming:2")) == ["day", "bubble", "bubble"]


def test_the_message_before_a_stretch_counts_for_day_and_group() -> None:
    assert kinds(said(2, NOON + timedelta(minutes=1)), earlier=said(1, NOON)) == ["bubble+"]


def test_the_line_stands_before_the_first_unread_word_of_the_customer() -> None:
    ours = said(2, NOON, "reply", "reply:1")
    assert kinds(said(1, NOON), ours, said(3, NOON), said(4, NOON), read_to=1) == [
        "day",
        "bubble",
        "bubble",
        "new",
        "bubble",
        "bubble+",
    ]
    assert "new" not in kinds(said(1, NOON), read_to=1)


def test_neighbouring_events_are_one_entry_and_three_are_folded() -> None:
    events = [happened(number, NOON) for number in range(1, 4)]
    (_, entry) = chat_log.entries(Stretch(tuple(events)))
    assert (len(entry.events), entry.folded) == (3, True)
    (_, entry) = chat_log.entries(Stretch(tuple(events[:2])))
    assert not entry.folded


def test_a_line_stands_where_the_ticket_changes() -> None:
    assert places(said(1, NOON, ticket=2), said(2, NOON, ticket=2), said(3, NOON)) == [
        "boundary 2*",
        "bubble 2*",
        "bubble 2*",
        "boundary 1",
        "bubble 1",
    ]


def test_what_goes_on_below_the_same_ticket_needs_no_line() -> None:
    assert places(said(2, NOON), earlier=said(1, NOON)) == ["bubble 1"]
    assert places(said(2, NOON), earlier=said(1, NOON, ticket=2)) == ["boundary 1", "bubble 1"]


def test_a_ticket_is_created_below_its_own_line() -> None:
    created = happened(7, NOON, 2, "ticket_created")
    assert places(said(1, NOON), created, said(2, NOON, ticket=2)) == [
        "boundary 1",
        "bubble 1",
        "boundary 2*",
        "events 2*",
        "bubble 2*",
    ]
    assert places(said(1, NOON), created)[2:] == ["boundary 2*", "events 2*"]


def test_what_happens_to_another_ticket_meanwhile_stands_where_the_talk_is() -> None:
    late = happened(7, NOON, ticket=2)
    assert places(said(1, NOON), late, said(2, NOON)) == ["boundary 1", "bubble 1", "events 1", "bubble 1"]


def test_hidden_messages_are_one_line_and_name_the_author_anew() -> None:
    span = HiddenSpan(3, 1, NOON)
    assert kinds(said(1, NOON), span, said(5, NOON)) == ["day", "bubble", "hidden", "bubble"]


def test_unread_are_only_the_open_tickets_messages() -> None:
    stretch = Stretch((said(1, NOON), said(2, NOON, ticket=2), said(3, NOON)))
    made = [entry.kind for entry in chat_log.entries(stretch, 1, read_to=1)]
    assert made == ["day", "bubble", "bubble", "new", "bubble"]


def test_a_single_bubble_of_another_ticket_is_named_again() -> None:
    before = said(1, NOON, ticket=2)
    assert chat_log.single(said(2, NOON), before, 1).first
    assert chat_log.single(before, None, 1).other
