"""Who has listened to a voice, over HTTP."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from appliance import db
from appliance.models import FileHeard, Team, Ticket
from appliance.services import conversation
from appliance.values import Actor
from tests.integration.desk.conftest import Browser, House


@pytest.fixture
def voices(house: House) -> list[int]:
    for number in range(1, 4):
        house.write({"chat": 1, "id": number, "text": "", "file": "f1", "kind": "voice"})
    return [1, 2, 3]


def heard_by(actor: Actor) -> list[bool]:
    parts = [
        part for item in conversation.open_ticket(1001, actor).stretch.items for part in getattr(item, "parts", ())
    ]
    return [part.file.heard for part in parts if part.file]


def test_listening_is_remembered_for_the_listener_alone(house: House, owner: Browser, voices: list[int]) -> None:
    olga = house.hire("olga")
    for _ in range(2):
        answer = owner.post("/files/2/heard")
        assert (answer.status_code, answer.data) == (204, b"")
    assert heard_by(owner.actor) == [False, True, False]
    assert heard_by(olga.actor) == [False, False, False]
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(FileHeard)) == 1


def test_the_card_knows_it_as_well(owner: Browser, voices: list[int]) -> None:
    owner.post("/files/1/heard")
    _ticket, card = conversation.ticket_with_card(1001, owner.actor)
    assert {found.file.id: found.file.heard for found in card.files} == {1: True, 2: False, 3: False}


def test_what_may_not_be_seen_cannot_be_heard(house: House, voices: list[int]) -> None:
    olga = house.hire("olga")
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    assert olga.post("/files/1/heard").status_code == 404
    assert olga.post("/files/99/heard").status_code == 404


def test_it_needs_the_pages_token(owner: Browser, voices: list[int]) -> None:
    assert owner.client.post("/files/1/heard").status_code == 400


def test_a_page_asks_once_however_many_voices(owner: Browser, voices: list[int]) -> None:
    asked: list[str] = []
    event.listen(db.engine(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    heard_by(owner.actor)
    # Once for the conversation, once for the card.
    assert len([statement for statement in asked if "file_heard" in statement]) == 2
