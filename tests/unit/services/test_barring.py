"""Whoever is barred: counted, and not kept."""

from __future__ import annotations

from appliance import db
from appliance.models import Contact, InboundUpdate, Message
from appliance.services import barring
from tests.unit.services.conftest import Desk


def write_once(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "hello", "name": "Anna"})
    return desk.tickets()[0].contact_id


def contact(number: int) -> Contact:
    with db.session() as session:
        return session.get_one(Contact, number)


def raw_rows() -> list[bytes]:
    with db.session() as session:
        return [row.raw for row in session.query(InboundUpdate).order_by(InboundUpdate.id)]


def test_nothing_of_them_is_stored_and_each_message_is_counted(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    before = len(desk.messages())
    desk.write(
        {"chat": 7, "id": 2, "text": "secret insult"},
        {"chat": 7, "id": 3, "file": "f1", "file_name": "secret.jpg"},
        {"chat": 7, "id": 2, "text": "secret edit", "edited": True},
        {"chat": 7, "press": "secret", "id": 1},
        {"chat": 8, "id": 4, "text": "somebody else", "name": "Zoe"},
    )
    assert [message.text for message in desk.messages()[before:]] == ["somebody else"]
    assert contact(number).barred_count == 3
    assert not any(b"secret" in raw for raw in raw_rows())
    with db.session() as session:
        states = {row.state for row in session.query(InboundUpdate).filter(InboundUpdate.raw == b"")}
    assert states == {"ignored"}


def test_the_journal_still_knows_the_row_and_counts_it_once(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "again"})
    desk.write({"chat": 7, "id": 2, "text": "again"})
    assert contact(number).barred_count == 1


def test_what_cannot_be_read_is_not_shown_either(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    before = len(desk.messages())
    desk.write({"chat": 7, "id": 5, "at": "no number at all"})
    assert len(desk.messages()) == before


def test_at_another_bot_they_are_the_same_person(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    with db.write() as session:
        session.query(Message).delete()
    # Their address is new, and the messenger says who they are.
    desk.write({"chat": 77, "person": "7", "id": 1, "text": "by another door"})
    assert desk.messages() == []
    assert contact(number).barred_count == 1


def test_their_voice_in_a_group_is_the_groups(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    row = {"chat": "-100", "chat_kind": "group", "title": "Shift", "person": "7", "id": 1, "text": "all hear me"}
    desk.write(row)
    with db.session() as session:
        kept = session.query(InboundUpdate).order_by(InboundUpdate.id.desc()).first()
        assert (kept.state, bool(kept.raw)) == ("held", True)
    assert contact(number).barred_count == 0


def test_unbarred_they_are_heard_again(desk: Desk) -> None:
    number = write_once(desk)
    barring.bar(number, desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "lost"})
    barring.bar(number, desk.agent, barred=False)
    desk.write({"chat": 7, "id": 3, "text": "heard"})
    assert [message.text for message in desk.messages()] == ["hello", "heard"]
    assert contact(number).barred_at is None
