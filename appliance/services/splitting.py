"""Messages that are about something else become a ticket of their own, of the same chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Arrangement, Message, Ticket, TicketLink
from appliance.services import arrangements, links, recounting, transfers
from appliance.services.arrangements import ArrangeError
from appliance.services.merging_tickets import step_aside
from appliance.services.templates import shortened
from appliance.values import Actor


@dataclass(frozen=True)
class Split:
    arrangement_id: int
    ticket_id: int
    count: int


def split(ticket_id: int, message_ids: Sequence[int], by: Actor) -> Split:
    """A new ticket with these messages, linked with the one they were in. Raises ArrangeError."""
    with db.write() as session:
        source = arrangements.standing(session, ticket_id, by)
        if source.parent_id is not None:
            raise ArrangeError("is_subtask")
        going = transfers.chosen(session, source, message_ids)
        if transfers.leaves_nothing(session, source, going):
            raise ArrangeError("nothing_left")
        made = _open(session, source, going)
        feed.append(session, "ticket_created", by=by, ticket=made.id, after={"split_from": source.id})
        transfers.carry(session, going, source.id, made.id)
        links.join(session, source.id, made.id, by)
        recounting.recount(session, source)
        recounting.recount(session, made)
        kept = arrangements.record(session, "split", source.id, made.id, by, {"message": going}, {})
        arrangements.tell(session, source.id, by, "split_off", made.id, arrangement=kept, count=len(going))
        return Split(kept, made.id, len(going))


def put_back(session: Session, made: Arrangement, by: Actor) -> None:
    """As long as nothing was added to the new ticket; its number leads to the first one from then on. Raises
    ArrangeError."""
    source = arrangements.standing(session, made.from_id, by)
    added = arrangements.standing(session, made.into_id, by)
    if _has_grown(session, added, made.moved["message"]):
        raise ArrangeError("not_reversible")
    transfers.carry(session, made.moved["message"], added.id, source.id)
    step_aside(added, source)
    session.execute(delete(TicketLink).where(links.between(source.id, added.id)))
    for ticket in (source, added):
        recounting.recount(session, ticket)
    arrangements.tell(session, source.id, by, "back_split_off", added.id)
    arrangements.tell(session, added.id, by, "back_split_from", source.id)


def _open(session: Session, source: Ticket, going: Sequence[int]) -> Ticket:
    """Of the same person, by the same way, in the same hands."""
    made = Ticket(
        subject=_subject(session, going),
        contact_id=source.contact_id,
        connection_id=source.connection_id,
        address_id=source.address_id,
        template_id=source.template_id,
        team_id=source.team_id,
        assignee_id=source.assignee_id,
        started_by=source.started_by,
    )
    session.add(made)
    session.flush()
    return made


def _subject(session: Session, going: Sequence[int]) -> str:
    """The first words of what was split off."""
    texts = session.scalars(select(Message.text).where(Message.id.in_(going[:50])).order_by(Message.id))
    return shortened(next((text for text in texts if text.strip()), ""))


def _has_grown(session: Session, ticket: Ticket, moved: Sequence[int]) -> bool:
    """Whether something of its own would vanish with it."""
    own = transfers.every(session, ticket)
    subtask = session.scalar(select(Ticket.id).where(Ticket.parent_id == ticket.id).limit(1))
    absorbed = session.scalar(select(Ticket.id).where(Ticket.merged_into_id == ticket.id).limit(1))
    return bool(set(own) - set(moved)) or subtask is not None or absorbed is not None
