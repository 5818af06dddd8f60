"""What an agent has seen."""

from __future__ import annotations

from appliance import db
from appliance.services import outbox, reading, tickets
from appliance.values import Actor
from tests.unit.services.conftest import Desk


def unread(desk: Desk, by: Actor | None = None) -> int:
    with db.session() as session:
        return reading.unread(session, by or desk.agent, [1001]).get(1001, 0)


def test_customers_messages_are_unread_until_seen(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 1, "id": 2, "text": "b"})
    assert unread(desk) == 2
    reading.mark_read(1001, desk.messages()[0].id, desk.agent)
    assert unread(desk) == 1


def test_reading_never_goes_back(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 1, "id": 2, "text": "b"})
    first, second = (message.id for message in desk.messages())
    reading.mark_read(1001, second, desk.agent)
    reading.mark_read(1001, first, desk.agent)
    assert unread(desk) == 0


def test_everybody_reads_for_themselves(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    reading.mark_read(1001, desk.messages()[0].id, desk.agent)
    assert unread(desk, Actor("agent", 77, "owner")) == 1


def test_what_a_colleague_has_answered_is_nobodys_unread(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    outbox.reply(1001, Actor("agent", desk.agent.id, "agent", "Olga"), "Answer")
    assert unread(desk, Actor("agent", 77, "owner")) == 0
    desk.write({"chat": 1, "id": 2, "text": "b"})
    assert unread(desk, Actor("agent", 77, "owner")) == 1


def test_what_was_said_before_done_is_settled(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    tickets.finish(1001, "solved", desk.agent)
    assert unread(desk) == 0


def test_a_number_from_another_ticket_marks_nothing(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 2, "id": 1, "text": "b"})
    reading.mark_read(1002, desk.messages(1001)[0].id, desk.agent)
    with db.session() as session:
        assert reading.position(session, desk.agent, 1002) == 0


def test_the_last_word_can_be_made_unread_again(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 1, "id": 2, "text": "b"})
    reading.mark_read(1001, desk.messages()[-1].id, desk.agent)
    assert reading.mark_unread(1001, desk.agent)
    assert unread(desk) == 1
    outbox.reply(1001, desk.agent, "Answer")
    assert not reading.mark_unread(1001, desk.agent)
