"""Two colleagues answer the same customer: the second answer is held until its writer has read the first one.

The server decides, in the transaction that would store the answer: what a page shows may be older than it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import Agent, Message, Part, Ticket
from appliance.services import settings, spans
from appliance.services.letters import OutboxError
from appliance.services.visibility import visible_to
from appliance.values import Actor

# Only who takes care of a ticket answers in it.
STRICT = "only_assignee"
SHOWN = 5


class Collision(Exception):
    """A colleague has answered since: nothing was stored. `message_ids`: their answers, oldest first."""

    def __init__(self, message_ids: Sequence[int]) -> None:
        super().__init__(f"answered meanwhile: {message_ids}")
        self.message_ids = tuple(message_ids)


@dataclass(frozen=True)
class Landed:
    """A colleague's answer. `part_kind` '' is mere text, else what came with it, `part_count` of them."""

    author: str
    at: datetime
    text: str
    part_kind: str = ""
    part_count: int = 0


def check(session: Session, ticket: Ticket, by: Actor, seen: int | None) -> None:
    """`seen`: the last message its writer knew of when they began; None asks nothing. Raises Collision, or
    OutboxError('not_assignee')."""
    if by.kind != "agent":
        return
    if ticket.assignee_id not in (None, by.id) and settings.get(STRICT):
        holder = session.get(Agent, ticket.assignee_id)
        raise OutboxError("not_assignee", name=holder.name if holder else "")
    if seen is None:
        return
    answers = select(Message.id).where(Message.ticket_id == ticket.id, Message.id > seen, Message.kind == "reply")
    others = answers.where(or_(Message.agent_id.is_(None), Message.agent_id != by.id), Message.deleted_at.is_(None))
    landed = list(session.scalars(others.where(~spans.taken_back()).order_by(Message.id.desc()).limit(SHOWN)))
    if landed:
        raise Collision(landed[::-1])


def describe(collision: Collision, by: Actor) -> list[Landed]:
    """The answers, to be read before one's own is sent."""
    query = select(Message).join(Ticket, Ticket.id == Message.ticket_id).where(visible_to(by))
    with db.session() as session:
        found = session.scalars(query.where(Message.id.in_(collision.message_ids)).order_by(Message.id))
        return [_landed(session, message) for message in found]


def _landed(session: Session, message: Message) -> Landed:
    kinds = select(Part.kind, func.count()).where(Part.message_id == message.id, Part.kind != "text")
    kind, count = session.execute(kinds.group_by(Part.kind).limit(1)).first() or ("", 0)
    return Landed(message.author_name, message.at, message.text, kind, count)
