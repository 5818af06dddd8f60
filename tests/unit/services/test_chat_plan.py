"""A chat of a hundred thousand messages opens at once: nothing about it reads a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from appliance import db
from appliance.models import now
from appliance.services import chat_files, conversation, reading
from tests.unit.services.chat_rooms import hide, speak_in_turn
from tests.unit.services.conftest import Desk

# Tables that grow with every message.
LARGE = ("message", "part", "event", "reaction", "message_version", "message_ref", "delivery", "ticket", "file")
Asked = list[tuple[str, Any]]


@contextmanager
def asked() -> Iterator[Asked]:
    """Every statement that reaches the database meanwhile."""
    statements: Asked = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        statements.append((statement, parameters))

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)


def scans(statements: Asked) -> list[str]:
    """Steps of the database's plans that read one of the large tables from end to end."""
    found = []
    with db.engine().connect() as connection:
        for statement, parameters in statements:
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                words = row.detail.split()
                if words[0] == "SCAN" and words[1] in LARGE:
                    found.append(f"{row.detail}: {statement}")
    return found


Act = Callable[[Desk, int, list[int]], object]
ACTS: dict[str, Act] = {
    "open": lambda desk, ticket, ids: conversation.open_ticket(ticket, desk.agent),
    "older": lambda desk, ticket, ids: conversation.older(ticket, ids[-1], desk.agent),
    "later": lambda desk, ticket, ids: conversation.later(ticket, ids[0], desk.agent),
    "around": lambda desk, ticket, ids: conversation.around(ticket, ids[0], desk.agent),
    "newer": lambda desk, ticket, ids: conversation.newer(ticket, ids[0], 0, desk.agent),
    "one": lambda desk, ticket, ids: conversation.one(ids[-1], desk.agent),
    "day": lambda desk, ticket, ids: conversation.since_moment(ticket, now() - timedelta(days=1), desk.agent),
    "read": lambda desk, ticket, ids: reading.mark_read(ticket, ids[-1], desk.agent),
    **{
        f"files {kind}": lambda desk, ticket, ids, kind=kind: chat_files.find(ticket, kind, desk.agent)  # type: ignore[misc]
        for kind in chat_files.KINDS
    },
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_no_table_of_messages_is_read_through(desk: Desk, act: Act) -> None:
    _, hidden, ticket = speak_in_turn(desk, 3, 2, 3)
    hide(hidden)
    shown = conversation.open_ticket(ticket, desk.agent).stretch.ids
    with asked() as statements:
        act(desk, ticket, list(shown))
    assert statements
    assert scans(statements) == []
