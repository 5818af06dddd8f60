"""Which ticket gets the next message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appliance.services.routing import choose, is_bare_thanks
from appliance.values import TicketAnswer, TicketCandidate, TicketQuestion

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def ticket(number: int, **changes: Any) -> TicketCandidate:
    values: dict[str, Any] = {
        "stage": "open",
        "shelf": "none",
        "quiet": False,
        "created_at": NOON - timedelta(days=2),
        "done_at": None,
        "last_reply_at": None,
    }
    return TicketCandidate(number, **(values | changes))


def done(number: int, hours_ago: float) -> TicketCandidate:
    return ticket(number, stage="done", done_at=NOON - timedelta(hours=hours_ago))


def ask(*candidates: TicketCandidate, **changes: Any) -> TicketAnswer:
    values: dict[str, Any] = {
        "quoted_ticket_id": None,
        "text": "The till does not print",
        "has_media": False,
        "thread_policy": "new_after_done",
        "reopen_hours": 24,
        "thanks_reopen": False,
        "at": NOON,
    }
    return choose(TicketQuestion(1, 1, candidates=candidates, **(values | changes)))


def test_a_first_message_opens_a_ticket() -> None:
    assert ask() == TicketAnswer(None)


def test_a_quoted_ticket_wins_over_an_open_one() -> None:
    assert ask(ticket(3), done(2, 100), quoted_ticket_id=2) == TicketAnswer(2, reopen=True)


def test_the_open_ticket_we_last_answered_in_wins_over_a_newer_one() -> None:
    answered = ticket(2, last_reply_at=NOON - timedelta(hours=1))
    assert ask(ticket(3), answered, ticket(1)).ticket_id == 2


def test_without_answers_the_newest_open_one_gets_it() -> None:
    assert ask(ticket(3), ticket(2)).ticket_id == 3


def test_a_snoozed_ticket_counts_as_open() -> None:
    assert ask(ticket(3, stage="snoozed")).ticket_id == 3


def test_a_done_ticket_reopens_within_the_window() -> None:
    assert ask(done(5, 23)) == TicketAnswer(5, reopen=True)


def test_after_the_window_a_new_ticket_is_linked_to_the_last() -> None:
    assert ask(done(5, 25)) == TicketAnswer(None, previous_id=5)


def test_one_ticket_per_contact_always_reopens() -> None:
    assert ask(done(5, 2500), thread_policy="single") == TicketAnswer(5, reopen=True)


def test_a_bare_thank_you_joins_the_done_ticket_quietly() -> None:
    assert ask(done(5, 1), text="Спасибо!") == TicketAnswer(5, quietly=True)


def test_a_thank_you_reopens_when_the_owner_wants_it() -> None:
    assert ask(done(5, 1), text="Спасибо!", thanks_reopen=True) == TicketAnswer(5, reopen=True)


def test_a_photo_with_thanks_is_no_bare_thanks() -> None:
    assert ask(done(5, 1), text="Спасибо", has_media=True).reopen


def test_a_trashed_ticket_without_quiet_lets_a_new_one_open() -> None:
    assert ask(ticket(4, shelf="trash")) == TicketAnswer(None)


def test_a_person_kept_quiet_writes_into_the_shelved_ticket() -> None:
    assert ask(ticket(5), ticket(4, shelf="trash", quiet=True)) == TicketAnswer(4, quietly=True)


def test_spam_stays_quiet() -> None:
    assert ask(ticket(4, shelf="spam", quiet=True)) == TicketAnswer(4, quietly=True)


def test_a_quoted_open_ticket_comes_before_a_quiet_one() -> None:
    assert ask(ticket(5), ticket(4, shelf="spam", quiet=True), quoted_ticket_id=5) == TicketAnswer(5)


@pytest.mark.parametrize(
    "text", ["спасибо", "Спасибо большое!!", "thanks", "Thank you so much", "👍", "🙏🙏", "ok", "Ок."]
)
def test_it_knows_a_bare_thank_you(text: str) -> None:
    assert is_bare_thanks(text)


@pytest.mark.parametrize(
    "text", ["спасибо, но не работает", "thanks but no", "??", "ok?", "да", "12", "", "👍 а когда"]
)
def test_it_knows_what_is_more_than_thanks(text: str) -> None:
    assert not is_bare_thanks(text)
