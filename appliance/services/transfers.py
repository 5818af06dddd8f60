"""Messages go over from one ticket to another, with what hangs on them: notices, mentions, what the search knows, and
how far each agent has read. Nothing moves at the customer's end: references, deliveries and quotes name messages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from appliance.db import upsert
from appliance.models import Mention, Message, Notice, Part, SearchEntry, Ticket, TicketRead
from appliance.services import spans
from appliance.services.arrangements import ArrangeError
from appliance.values import Actor

AT_ONCE = 500


def chosen(session: Session, ticket: Ticket, message_ids: Sequence[int]) -> list[int]:
    """Those that are this ticket's, in their order. Raises ArrangeError."""
    query = select(Message.id).where(Message.ticket_id == ticket.id, Message.id.in_(message_ids))
    found = list(session.scalars(query.order_by(Message.id)))
    if not found:
        raise ArrangeError("nothing_chosen")
    return found


def every(session: Session, ticket: Ticket) -> list[int]:
    return list(session.scalars(select(Message.id).where(Message.ticket_id == ticket.id).order_by(Message.id)))


def leaves_nothing(session: Session, ticket: Ticket, message_ids: Sequence[int]) -> bool:
    """Whether nobody's words would remain in the ticket, be it an automatic message."""
    query = select(Message.id).where(Message.ticket_id == ticket.id, Message.kind != "auto")
    return not set(session.scalars(query)) - set(message_ids)


def carry(session: Session, message_ids: Sequence[int], source_id: int, target_id: int) -> None:
    """Those of them that are the source's still."""
    _bring_marks(session, source_id, target_id)
    for start in range(0, len(message_ids), AT_ONCE):
        some = message_ids[start : start + AT_ONCE]
        going = list(session.scalars(select(Message.id).where(Message.id.in_(some), Message.ticket_id == source_id)))
        session.execute(update(Message).where(Message.id.in_(going)).values(ticket_id=target_id))
        for table in (Notice, Mention):
            session.execute(update(table).where(table.message_id.in_(going)).values(ticket_id=target_id))
        _move_entries(session, going, target_id)
    session.flush()


def stir(session: Session, ticket: Ticket, message_ids: Sequence[int], by: Actor) -> None:
    """A customer's words that came in wake a ticket that sleeps, and reopen one that was done before they were said."""
    newest = session.scalar(
        select(func.max(Message.at)).where(Message.id.in_(message_ids[-AT_ONCE:]), Message.kind == "incoming")
    )
    if newest is None:
        return
    if ticket.stage == "snoozed":
        spans.wake(session, ticket, by)
    elif ticket.stage == "done" and (ticket.done_at is None or newest > ticket.done_at):
        spans.reopen(session, ticket, by)


def lend_address(ticket: Ticket, other: Ticket) -> None:
    """A ticket made by hand, without a way to the customer, is answered from now on where the other one is."""
    if ticket.address_id is None:
        ticket.address_id = other.address_id
        ticket.connection_id = other.connection_id or ticket.connection_id


def _move_entries(session: Session, message_ids: Sequence[int], target_id: int) -> None:
    said = SearchEntry.kind.in_(("message", "note")) & SearchEntry.of_id.in_(message_ids)
    parts = select(Part.id).where(Part.message_id.in_(message_ids))
    filed = (SearchEntry.kind == "file") & SearchEntry.of_id.in_(parts)
    session.execute(
        update(SearchEntry).where(said | filed).values(ticket_id=target_id),
        execution_options={"synchronize_session": False},
    )


def _bring_marks(session: Session, source_id: int, target_id: int) -> None:
    """Who had read the messages has read them still; nothing that was unread in the other ticket becomes read."""
    held = dict(session.execute(_marks(target_id)).all())
    for agent_id, seen in session.execute(_marks(source_id)).all():
        known = held.get(agent_id, 0)
        unseen = select(Message.id).where(Message.ticket_id == target_id, Message.kind == "incoming")
        if seen <= known or session.scalar(unseen.where(Message.id > known, Message.id <= seen).limit(1)):
            continue
        mark = upsert(TicketRead).values(ticket_id=target_id, agent_id=agent_id, message_id=seen)
        session.execute(mark.on_conflict_do_update(index_elements=["ticket_id", "agent_id"], set_={"message_id": seen}))


def _marks(ticket_id: int) -> Select[int, int]:
    return select(TicketRead.agent_id, TicketRead.message_id).where(TicketRead.ticket_id == ticket_id)
