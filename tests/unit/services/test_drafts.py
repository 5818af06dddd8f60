"""Unsent texts."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.services import drafts
from appliance.services.drafts import DraftError, SavedDraft
from appliance.values import Actor
from tests.unit.services.conftest import Desk


@pytest.fixture(autouse=True)
def a_ticket(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})


def held(desk: Desk, mode: str) -> SavedDraft:
    with db.session() as session:
        return drafts.of_ticket(session, 1001, desk.agent)[mode]


def test_reply_and_note_are_kept_apart(desk: Desk) -> None:
    drafts.save(1001, "reply", "for Anna", 1, desk.agent)
    drafts.save(1001, "note", "for Olga", 1, desk.agent)
    assert (held(desk, "reply").text, held(desk, "note").text) == ("for Anna", "for Olga")


def test_a_save_that_was_overtaken_changes_nothing_and_is_told(desk: Desk) -> None:
    drafts.save(1001, "reply", "later", 5, desk.agent)
    assert drafts.save(1001, "reply", "earlier", 4, desk.agent) == SavedDraft("later", 5)
    assert held(desk, "reply").text == "later"


def test_a_save_after_sending_does_not_bring_the_text_back(desk: Desk) -> None:
    drafts.save(1001, "reply", "sent", 1, desk.agent)
    version = drafts.clear(1001, "reply", desk.agent)
    drafts.save(1001, "reply", "sent", version, desk.agent)
    assert held(desk, "reply").text == ""


def test_writing_goes_on_after_sending(desk: Desk) -> None:
    version = drafts.clear(1001, "reply", desk.agent)
    drafts.save(1001, "reply", "next", version + 1, desk.agent)
    assert held(desk, "reply").text == "next"


@pytest.mark.parametrize(
    ("ticket", "mode", "text", "code"),
    [(9999, "reply", "a", "not_found"), (1001, "letter", "a", "bad_mode"), (1001, "note", "x" * 20_001, "too_long")],
)
def test_it_refuses(desk: Desk, ticket: int, mode: str, text: str, code: str) -> None:
    with pytest.raises(DraftError) as refused:
        drafts.save(ticket, mode, text, 1, desk.agent)
    assert refused.value.code == code


def test_nobody_sees_a_colleagues_draft(desk: Desk) -> None:
    drafts.save(1001, "reply", "mine", 1, desk.agent)
    with db.session() as session:
        assert drafts.of_ticket(session, 1001, Actor("agent", 77, "owner"))["reply"] == SavedDraft()
