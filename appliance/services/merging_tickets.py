"""Two tickets of one chat become one. The one that remains takes everything in; the other's number leads to it, and
for 30 days it can be taken out again."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Arrangement, StartCode, Ticket
from appliance.services import arrangements, belongings, draft_moves, recounting, snapshots, transfers
from appliance.services.arrangements import ArrangeError
from appliance.services.survivors import survivor_of
from appliance.services.visibility import visible_to
from appliance.values import Actor


def merge(gone_id: int, kept_id: int, by: Actor) -> int:
    """`gone` becomes part of `kept`; the arrangement's id. Raises ArrangeError."""
    with db.write() as session:
        gone = arrangements.standing(session, gone_id, by)
        kept = arrangements.meant(session, kept_id, by)
        arrangements.check_together(gone, kept)
        return merge_in(session, gone, kept, by)


def merge_in(session: Session, gone: Ticket, kept: Ticket, by: Actor) -> int:
    """In the caller's transaction, of tickets that were checked."""
    before, left = snapshots.take(kept), snapshots.take(gone)
    going = transfers.every(session, gone)
    moved = {"message": going, **belongings.take_along(session, gone.id, kept.id)}
    transfers.lend_address(kept, gone)
    transfers.carry(session, going, gone.id, kept.id)
    if gone.stage != "done":
        transfers.stir(session, kept, going, by)
    _complete(kept, gone)
    step_aside(gone, kept)
    draft_moves.bring(session, gone.id, kept.id)
    # Whoever follows an invitation to it is answered where it is now.
    session.execute(update(StartCode).where(StartCode.ticket_id == gone.id).values(ticket_id=kept.id))
    recounting.recount(session, gone)
    recounting.recount(session, kept)
    changed = {"kept": snapshots.changes(kept, before), "gone": snapshots.changes(gone, left)}
    made = arrangements.record(session, "merge", gone.id, kept.id, by, moved, changed)
    facts = {"arrangement": made, "count": len(going)}
    arrangements.tell(session, gone.id, by, "merged_into", kept.id, **facts)
    arrangements.tell(session, kept.id, by, "merged_in", gone.id, **facts)
    return made


def step_aside(gone: Ticket, kept: Ticket) -> None:
    """Nobody's work any more: neither open nor finished by anybody, so that whatever counts tickets counts one."""
    gone.merged_into_id = kept.id
    gone.stage, gone.outcome = "done", "duplicate"
    gone.done_at = gone.done_by_id = gone.snoozed_until = None


def put_back(session: Session, made: Arrangement, by: Actor) -> None:
    """Two tickets again. What came in meanwhile stays with the one that remained. Raises ArrangeError."""
    kept = arrangements.standing(session, _reachable(session, made), by)
    gone = session.scalar(select(Ticket).where(Ticket.id == made.from_id, visible_to(by)))
    if gone is None or gone.merged_into_id != kept.id:
        raise ArrangeError("not_reversible")
    gone.merged_into_id = None
    transfers.carry(session, made.moved["message"], kept.id, gone.id)
    belongings.give_back(session, gone.id, kept.id, made.moved)
    snapshots.put_back(kept, made.before["kept"])
    snapshots.put_back(gone, made.before["gone"])
    for ticket in (gone, kept):
        recounting.recount(session, ticket)
    arrangements.tell(session, gone.id, by, "back_merged_into", kept.id)
    arrangements.tell(session, kept.id, by, "back_merged_in", gone.id)


def _reachable(session: Session, made: Arrangement) -> int:
    """The one that remained then, if it still stands for itself: merges are taken apart from the outside in."""
    if survivor_of(session, made.into_id) != made.into_id:
        raise ArrangeError("undo_first", number=made.into_id)
    return made.into_id


def _complete(kept: Ticket, gone: Ticket) -> None:
    """What the one that remains lacks: somebody who cares, a date, urgency."""
    kept.assignee_id = kept.assignee_id or gone.assignee_id
    kept.due_at = kept.due_at or gone.due_at
    kept.priority = max(kept.priority, gone.priority)
