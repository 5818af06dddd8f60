"""Notes that name a colleague: who is named, who may be, and who has seen it.

A name counts after an @: the whole name, the login, or the first name where only one of the staff has it. Where in the
text it stands is kept as an entity of the kind "mention", whose url is "agent:" and the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from appliance import db
from appliance.db import upsert
from appliance.models import Agent, Follower, Mention, Message, Ticket, now
from appliance.services import stored_parts
from appliance.services.visibility import visible_to
from appliance.values import Actor, Entity

KIND, OWNER = "mention", "agent:"


@dataclass(frozen=True)
class Mentionable:
    """One of the staff who may see a ticket; `keys` are what stands for them after an @, in small letters."""

    id: int
    name: str
    login: str
    keys: tuple[str, ...]


def of_text(session: Session, message: Message, by: Actor) -> frozenset[int]:
    """Bring a note's mentions up to its words, in the caller's transaction; whom it names. Called whenever a note is
    stored or edited. Whoever is named follows the ticket."""
    if message.kind != "note" or message.ticket_id is None:
        return frozenset()
    known = _keys(_mentionable(session, message.ticket_id))
    named: set[int] = set()
    for row in stored_parts.of_message(session, message.id):
        found = list(find(row.text, known))
        named.update(int(entity.url.removeprefix(OWNER)) for entity in found)
        others = [entity for entity in row.entities if entity.get("kind") != KIND]
        row.entities = [*others, *(asdict(entity) for entity in found)]
    named.discard(by.id or 0)
    _keep(session, message, named)
    return frozenset(named)


def find(text: str, known: Mapping[str, int]) -> Iterator[Entity]:
    """Where these names stand in a text, the longest that fits each time."""
    small = plain(text)
    longest_first = sorted(known, key=len, reverse=True)
    at = small.find("@")
    while at >= 0:
        if at == 0 or not _is_word(small[at - 1]):
            rest = small[at + 1 :]
            key = next((key for key in longest_first if _starts(rest, key)), None)
            if key is not None:
                yield Entity(KIND, at, len(key) + 1, f"{OWNER}{known[key]}")
                at += len(key)
        at = small.find("@", at + 1)


def mentionable(ticket_id: int, by: Actor) -> list[Mentionable]:
    """Whom a note in this ticket can name: active colleagues who may see it."""
    with db.session() as session:
        if session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(by))) is None:
            return []
        return [each for each in _mentionable(session, ticket_id) if each.id != by.id]


def see(ticket_id: int, message_id: int, by: Actor) -> None:
    """This person has opened the ticket and read as far as this message."""
    unseen = (Mention.ticket_id == ticket_id, Mention.agent_id == by.id, Mention.message_id <= message_id)
    with db.session() as session:
        query = select(Mention.message_id).where(*unseen, Mention.seen_at.is_(None)).limit(1)
        if by.kind != "agent" or session.scalar(query) is None:
            return
    with db.write() as session:
        session.execute(update(Mention).where(*unseen, Mention.seen_at.is_(None)).values(seen_at=now()))


def plain(text: str) -> str:
    """Small letters, ё as е, each letter still in its place."""
    small = (letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return "".join(small).replace("ё", "е")


def _mentionable(session: Session, ticket_id: int) -> list[Mentionable]:
    agents = session.scalars(select(Agent).where(Agent.active).order_by(Agent.name, Agent.id)).all()
    firsts = Counter(plain(_first(agent.name)) for agent in agents)
    return [
        Mentionable(agent.id, agent.name, agent.login, _named(agent, firsts))
        for agent in agents
        if _may_see(session, agent, ticket_id)
    ]


def _may_see(session: Session, agent: Agent, ticket_id: int) -> bool:
    them = Actor("agent", agent.id, agent.role, agent.name)  # type: ignore[arg-type]  # a role, or it sees nothing
    return session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(them))) is not None


def _named(agent: Agent, firsts: Mapping[str, int]) -> tuple[str, ...]:
    first = _first(agent.name)
    wanted = [agent.name, agent.login, *([first] if firsts[plain(first)] == 1 else [])]
    return tuple(dict.fromkeys(plain(name) for name in wanted if name))


def _keys(colleagues: list[Mentionable]) -> dict[str, int]:
    """By what stands for them; a whole name wins over another's login."""
    found: dict[str, int] = {}
    for place in range(3):
        for each in colleagues:
            if place < len(each.keys):
                found.setdefault(each.keys[place], each.id)
    return found


def _keep(session: Session, message: Message, named: set[int]) -> None:
    gone = Mention.agent_id.not_in(named) if named else Mention.agent_id.is_not(None)
    session.execute(delete(Mention).where(Mention.message_id == message.id, gone))
    for agent_id in sorted(named):
        row = {"message_id": message.id, "agent_id": agent_id, "ticket_id": message.ticket_id, "at": message.at}
        session.execute(upsert(Mention).values(**row).on_conflict_do_nothing())
        follower = {"ticket_id": message.ticket_id, "agent_id": agent_id}
        session.execute(upsert(Follower).values(**follower).on_conflict_do_nothing())


def _starts(rest: str, key: str) -> bool:
    return rest.startswith(key) and not _is_word(rest[len(key) : len(key) + 1])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _first(name: str) -> str:
    return next(iter(name.split()), "")
