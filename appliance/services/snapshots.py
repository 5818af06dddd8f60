"""What an arrangement changed in a ticket beside its messages, and putting that back.

Kept as {field: [before, after]}. What somebody has changed since stays as they left it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

TICKET = (
    "stage", "outcome", "done_at", "done_by_id", "snoozed_until", "address_id", "connection_id", "assignee_id",
    "priority", "due_at",
)  # fmt: skip
Snapshot = Mapping[str, Any]


def take(row: Any, fields: Sequence[str] = TICKET) -> Snapshot:
    return {name: getattr(row, name) for name in fields}


def changes(row: Any, before: Snapshot) -> dict[str, list[Any]]:
    """The fields that are no longer as they were."""
    return {
        name: [_plain(old), _plain(getattr(row, name))] for name, old in before.items() if getattr(row, name) != old
    }


def put_back(row: Any, kept: Mapping[str, Sequence[Any]]) -> None:
    for name, (before, after) in kept.items():
        if _plain(getattr(row, name)) == after:
            setattr(row, name, _read(name, before))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> Any:
    is_moment = name.endswith(("_at", "_until")) and isinstance(value, str)
    return datetime.fromisoformat(value) if is_moment else value
