"""What the search looks through.

The words are in `search_text(stems)`, an FTS5 table whose rowid is the id here; a trigger deletes them with the
entry. It is SQLite's own: the migration makes it, and services.search alone speaks to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base

# An entry's id says what it is of: the kinds lie one after the other, each in the order of its things. So one kind is
# read newest first without sorting, and writing the same thing again finds its place.
SEARCH_KINDS: Mapping[str, int] = {"message": 1, "note": 2, "ticket": 3, "contact": 4, "file": 5}
_SPAN = 1 << 40


class SearchEntry(Base):
    """One thing that can be found. kind message|note|ticket|contact|file. `of_id`: the message, ticket, contact or part
    (for file). A contact's entry has no ticket: who may see one of its tickets may find it."""

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_of", "kind", "of_id", unique=True),
        Index("ix_search_entry_ticket", "ticket_id"),
        Index("ix_search_entry_contact", "contact_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    of_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    at: Mapped[datetime]


def search_id(kind: str, of_id: int) -> int:
    """The id of the entry of a thing."""
    return SEARCH_KINDS[kind] * _SPAN + of_id


def search_ids(kind: str) -> tuple[int, int]:
    """All ids of a kind lie between these two."""
    return SEARCH_KINDS[kind] * _SPAN, (SEARCH_KINDS[kind] + 1) * _SPAN
