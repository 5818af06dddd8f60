"""What was moved between tickets, kept so that it can be moved back; and why it cannot be moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Arrangement, Ticket, now
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import Actor

# So long it can be taken back.
REVERSIBLE = timedelta(days=30)
Kind = Literal["split", "move", "merge", "contacts"]


class ArrangeError(Exception):
    """Nothing was changed. `code`: not_found, merged {into}, same_ticket, other_contact, other_chat, is_subtask,
    on_shelf, nothing_chosen, nothing_left, empty, no_agent, not_reversible, undo_first {number}, is_group."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def standing(session: Session, ticket_id: int, by: Actor) -> Ticket:
    """A ticket this actor may see, that is part of no other. Raises ArrangeError."""
    ticket = session.scalar(select(Ticket).where(Ticket.id == ticket_id, visible_to(by)))
    if ticket is None:
        raise ArrangeError("not_found")
    if ticket.merged_into_id is not None:
        raise ArrangeError("merged", into=survivor_of(session, ticket_id))
    return ticket


def meant(session: Session, number: int, by: Actor) -> Ticket:
    """The ticket somebody means by a number: of merged ones the one that remains. Raises ArrangeError."""
    return standing(session, survivor_of(session, number), by)


def check_together(one: Ticket, other: Ticket) -> None:
    """Whether messages of one may become the other's. Raises ArrangeError.

    Of one chat: an answer in a ticket reaches one address alone. A subtask reaches nobody and holds no chat."""
    if one.id == other.id:
        raise ArrangeError("same_ticket")
    if one.contact_id != other.contact_id:
        raise ArrangeError("other_contact")
    if one.parent_id is not None or other.parent_id is not None:
        raise ArrangeError("is_subtask")
    if None not in (one.address_id, other.address_id) and one.address_id != other.address_id:
        raise ArrangeError("other_chat")
    if one.shelf != "none" or other.shelf != "none":
        raise ArrangeError("on_shelf")


def record(
    session: Session,
    kind: Kind,
    source: int,
    target: int,
    by: Actor,
    moved: Mapping[str, Any],
    before: Mapping[str, Any],
) -> int:
    """`moved`: ids by table; `before`: what to put back, see services.snapshots."""
    made = Arrangement(kind=kind, from_id=source, into_id=target, moved=dict(moved), before=dict(before))
    made.agent_id = by.id if by.kind == "agent" else None
    session.add(made)
    session.flush()
    return made.id


def tell(session: Session, ticket_id: int, by: Actor, what: str, other: int, **facts: Any) -> None:
    """A line in the ticket's timeline. `what`: split_off, moved_out, moved_in, merged_in, merged_into, linked,
    unlinked, subtask; back_<one of these>, and back_split_from, when it was taken back."""
    feed.append(session, "tickets_arranged", by=by, ticket=ticket_id, after={"what": what, "other": other, **facts})


def is_reversible(arrangement: Arrangement) -> bool:
    return arrangement.undone_at is None and arrangement.at > now() - REVERSIBLE


def to_undo(session: Session, arrangement_id: int, kinds: tuple[str, ...]) -> Arrangement:
    """One that can still be taken back. Raises ArrangeError."""
    found = session.get(Arrangement, arrangement_id)
    if found is None or found.kind not in kinds:
        raise ArrangeError("not_found")
    if not is_reversible(found):
        raise ArrangeError("not_reversible")
    return found
