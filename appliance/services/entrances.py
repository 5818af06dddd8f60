"""Ways in: a code for each place, in a link, on a printed sheet, behind a button. What comes by it is sorted by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Address, Connection, ContactTemplate, Entrance, Team, Ticket, TicketTemplate, now
from appliance.services import codes
from appliance.values import Actor

CODE_LENGTH = 8
MOST_AT_ONCE = 50
LONGEST_PLACE, LONGEST_SOURCE = 120, 60


class EntranceError(Exception):
    """code: not_found, place_empty, too_many, no_connection, no_team, no_template, no_contact_template."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sorting:
    """What is known of whoever comes by it. None: as the connection has it."""

    source: str = ""
    team_id: int | None = None
    template_id: int | None = None
    contact_template_id: int | None = None


def make(connection_id: int, places: Sequence[str], sorting: Sorting, by: Actor) -> list[int]:
    """One way in for each place; their ids. Raises EntranceError, and then none is made."""
    wanted = [name for name in (_clean(place, LONGEST_PLACE) for place in places) if name]
    if not wanted:
        raise EntranceError("place_empty")
    if len(wanted) > MOST_AT_ONCE:
        raise EntranceError("too_many")
    with db.write() as session:
        if session.get(Connection, connection_id) is None:
            raise EntranceError("no_connection")
        _check(session, sorting)
        made = [_make(session, connection_id, place, sorting, by) for place in wanted]
        _tell(session, connection_id, by)
        return made


def change(entrance_id: int, place: str, sorting: Sorting, by: Actor) -> None:
    """Another name, another sorting; the code, and so everything printed, stays. Raises EntranceError."""
    name = _clean(place, LONGEST_PLACE)
    if not name:
        raise EntranceError("place_empty")
    with db.write() as session:
        entrance = _get(session, entrance_id)
        _check(session, sorting)
        entrance.place, entrance.source = name, _clean(sorting.source, LONGEST_SOURCE)
        entrance.team_id, entrance.template_id = sorting.team_id, sorting.template_id
        entrance.contact_template_id = sorting.contact_template_id
        _tell(session, entrance.connection_id, by)


def retire(entrance_id: int, by: Actor, retired: bool = True) -> None:
    """A retired one sorts nothing any more; its link still opens the conversation. Raises EntranceError."""
    with db.write() as session:
        entrance = _get(session, entrance_id)
        entrance.retired_at = (entrance.retired_at or now()) if retired else None
        _tell(session, entrance.connection_id, by)


def behind(session: Session, connection_id: int, payload: str) -> Entrance | None:
    """The way in a start's payload names, retired ones too; one of another connection is none."""
    query = select(Entrance).where(Entrance.code == payload, Entrance.connection_id == connection_id)
    return session.scalar(query) if payload else None


def label(entrance: Entrance) -> str:
    """What the desk calls it: the place, and where it was made known."""
    return " · ".join(part for part in (entrance.place, entrance.source) if part)


def forget(session: Session, address_id: int) -> None:
    """It has done its work: what comes next came by itself."""
    session.execute(update(Address).where(Address.id == address_id).values(entrance_id=None))


def note_arrival(session: Session, ticket: Ticket, entrance_id: int, by: Actor) -> None:
    """Somebody with an open ticket came again by a way in: the timeline says so, and the first one stays."""
    entrance = session.get(Entrance, entrance_id)
    if entrance is None:
        return
    ticket.entrance_id = ticket.entrance_id or entrance.id
    feed.append(session, "ticket_changed", by=by, ticket=ticket.id, after={"entrance": label(entrance)})


def _make(session: Session, connection_id: int, place: str, sorting: Sorting, by: Actor) -> int:
    entrance = Entrance(
        code=codes.invent(CODE_LENGTH),
        connection_id=connection_id,
        place=place,
        source=_clean(sorting.source, LONGEST_SOURCE),
        team_id=sorting.team_id,
        template_id=sorting.template_id,
        contact_template_id=sorting.contact_template_id,
        created_by=by.id if by.kind == "agent" else None,
    )
    session.add(entrance)
    session.flush()
    return entrance.id


def _get(session: Session, entrance_id: int) -> Entrance:
    entrance = session.get(Entrance, entrance_id)
    if entrance is None:
        raise EntranceError("not_found")
    return entrance


def _check(session: Session, sorting: Sorting) -> None:
    if sorting.team_id is not None and session.get(Team, sorting.team_id) is None:
        raise EntranceError("no_team")
    if sorting.template_id is not None and session.get(TicketTemplate, sorting.template_id) is None:
        raise EntranceError("no_template")
    if sorting.contact_template_id is not None and session.get(ContactTemplate, sorting.contact_template_id) is None:
        raise EntranceError("no_contact_template")


def _clean(text: str, longest: int) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())[:longest].strip()


def _tell(session: Session, connection_id: int, by: Actor) -> None:
    feed.append(session, "connection_changed", by=by, after={"connection": connection_id, "entrances": True})
