"""Every kind of event that the code can write is told in words, or is known not to be for people."""

from __future__ import annotations

import ast
from pathlib import Path

import appliance
from appliance.services import audit, timeline
from appliance.web import audit_words

# What the box itself or a customer does, and what only moves pages: no deed of staff, so the journal has no words.
NOT_OF_STAFF = {
    "code_spent",
    "contact_started",
    "delivery_changed",
    "file_changed",
    "journal_unread",
    "message_received",
    "notice_left",
    "position_changed",
    "ticket_gone",
    "ticket_overdue",
}


def written_kinds() -> set[str]:
    """The kinds in all calls of feed.append; each call names its own."""
    found: set[str] = set()
    for path in Path(appliance.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "feed.append":
                kind = node.args[1]
                assert isinstance(kind, ast.Constant), f"{path.name}:{node.lineno} names no kind"
                found.add(str(kind.value))
    return found


def test_the_journal_has_words_for_everything_staff_can_do() -> None:
    assert written_kinds() - set(audit_words.KINDS) - set(audit.UNTOLD) == NOT_OF_STAFF


def test_each_kind_that_the_journal_tells_stands_under_one_of_its_subjects() -> None:
    listed = [kind for kinds in audit.SUBJECTS.values() for kind in kinds]
    assert sorted(listed) == sorted(audit_words.KINDS)


def test_the_timeline_shows_only_what_can_be_written() -> None:
    assert set(timeline.SHOWN) <= written_kinds()
