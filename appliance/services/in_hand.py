"""What this process works on, of rows that name their holder: one whose end could not be written down is free again."""

from __future__ import annotations

from appliance.services import instance


class InHand:
    """The rows of one kind of work. A holder that is this process, without the row in hand, holds nothing."""

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def take(self, row_id: int) -> None:
        self._ids.add(row_id)

    def drop(self, row_id: int) -> None:
        self._ids.discard(row_id)

    def has_any(self) -> bool:
        return bool(self._ids)

    def is_held(self, row_id: int, owner: str) -> bool:
        """Whether somebody living is at it."""
        if owner == instance.me():
            return row_id in self._ids
        return instance.alive(owner)
