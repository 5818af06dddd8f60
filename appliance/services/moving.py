"""Messages move to another ticket of the same chat; if nobody's words would remain, the two tickets become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Arrangement, Ticket
from appliance.services import arrangements, merging_tickets, recounting, snapshots, transfers
from appliance.values import Actor


@dataclass(frozen=True)
class Moved:
    """`merged`: everything went, so the ticket is part of the other now."""

    arrangement_id: int
    target_id: int
    count: int
    merged: bool = False


def move(ticket_id: int, message_ids: Sequence[int], number: int, by: Actor) -> Moved:
    """Into the ticket of this number. Raises ArrangeError."""
    with db.write() as session:
        source = arrangements.standing(session, ticket_id, by)
        target = arrangements.meant(session, number, by)
        arrangements.check_together(source, target)
        going = transfers.chosen(session, source, message_ids)
        if transfers.leaves_nothing(session, source, going):
            made = merging_tickets.merge_in(session, source, target, by)
            return Moved(made, target.id, len(going), merged=True)
        made = _move(session, source, target, going, by)
        return Moved(made, target.id, len(going))


def put_back(session: Session, made: Arrangement, by: Actor) -> None:
    """What still is where it was moved to. Raises ArrangeError."""
    source = arrangements.standing(session, made.from_id, by)
    target = arrangements.standing(session, made.into_id, by)
    transfers.carry(session, made.moved["message"], target.id, source.id)
    snapshots.put_back(target, made.before)
    for ticket, what, other in ((source, "back_moved_out", target), (target, "back_moved_in", source)):
        recounting.recount(session, ticket)
        arrangements.tell(session, ticket.id, by, what, other.id)


def _move(session: Session, source: Ticket, target: Ticket, going: list[int], by: Actor) -> int:
    before = snapshots.take(target)
    transfers.lend_address(target, source)
    transfers.carry(session, going, source.id, target.id)
    transfers.stir(session, target, going, by)
    recounting.recount(session, source)
    recounting.recount(session, target)
    changed = snapshots.changes(target, before)
    made = arrangements.record(session, "move", source.id, target.id, by, {"message": going}, changed)
    facts = {"arrangement": made, "count": len(going)}
    arrangements.tell(session, source.id, by, "moved_out", target.id, **facts)
    arrangements.tell(session, target.id, by, "moved_in", source.id, **facts)
    return made
