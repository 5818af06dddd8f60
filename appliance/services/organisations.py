"""Companies that several customers belong to: made by writing one down, gone when nobody needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Contact, Organisation
from appliance.models.folding import fold_text
from appliance.services.contact_sight import seen_by
from appliance.values import Actor

LONGEST_NAME, LONGEST_NOTE = 120, 4000
SHOWN = 500


class OrganisationError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, name_taken, in_use."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class OrganisationView:
    """`people`: how many customers belong to it."""

    id: int
    name: str
    note: str = ""
    people: int = 0


def every(search: str = "") -> list[OrganisationView]:
    """In the order of their names."""
    query = (
        select(Organisation, func.count(Contact.id).label("people"))
        .join(Contact, (Contact.organisation_id == Organisation.id) & Contact.merged_into_id.is_(None), isouter=True)
        .group_by(Organisation.id)
        .order_by(Organisation.name)
    )
    wanted = fold_text(search)
    with db.session() as session:
        found = [_view(row.Organisation, row.people) for row in session.execute(query)]
    return [view for view in found if wanted in fold_text(view.name)][:SHOWN]


def find(organisation_id: int) -> OrganisationView | None:
    with db.session() as session:
        row = session.get(Organisation, organisation_id)
        return _view(row, _count(session, row.id)) if row else None


def all_names() -> Sequence[str]:
    """What can be chosen where one is written down."""
    with db.session() as session:
        return session.scalars(select(Organisation.name).order_by(Organisation.name).limit(SHOWN)).all()


def name_of(session: Session, organisation_id: int | None) -> str:
    return session.scalar(select(Organisation.name).where(Organisation.id == organisation_id)) or ""


def find_or_make(session: Session, name: str) -> int | None:
    """However its name is written; None for ''."""
    name = name[:LONGEST_NAME].strip()
    if not name:
        return None
    known = session.scalars(select(Organisation))
    same = next((each.id for each in known if fold_text(each.name) == fold_text(name)), None)
    if same is not None:
        return same
    made = Organisation(name=name)
    session.add(made)
    session.flush()
    return made.id


def change(organisation_id: int, name: str, note: str, by: Actor) -> None:
    """Raises OrganisationError."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise OrganisationError("name_empty")
    with db.write() as session:
        found = session.get(Organisation, organisation_id)
        if found is None:
            raise OrganisationError("not_found")
        if session.scalar(select(Organisation.id).where(Organisation.name == name, Organisation.id != found.id)):
            raise OrganisationError("name_taken")
        before = {"name": found.name, "note": found.note}
        found.name, found.note = name, note.strip()[:LONGEST_NOTE]
        _tell(session, found.id, by, before, {"name": found.name, "note": found.note})


def remove(organisation_id: int, by: Actor) -> None:
    """Only one that nobody belongs to. Raises OrganisationError."""
    with db.write() as session:
        found = session.get(Organisation, organisation_id)
        if found is None:
            raise OrganisationError("not_found")
        if _count(session, found.id):
            raise OrganisationError("in_use")
        _tell(session, found.id, by, {"name": found.name}, {"removed": True})
        session.delete(found)


def people(session: Session, organisation_id: int, by: Actor, but: int = 0, most: int = 20) -> list[tuple[int, str]]:
    """(id, name) of customers who belong to it and whom this actor may see."""
    query = select(Contact.id, Contact.name).where(
        Contact.organisation_id == organisation_id, Contact.id != but, Contact.merged_into_id.is_(None), seen_by(by)
    )
    return [(row.id, row.name) for row in session.execute(query.order_by(Contact.words, Contact.id).limit(most))]


def _count(session: Session, organisation_id: int) -> int:
    members = select(func.count()).select_from(Contact).where(Contact.organisation_id == organisation_id)
    return session.scalar(members.where(Contact.merged_into_id.is_(None))) or 0


def _view(row: Organisation, count: int) -> OrganisationView:
    return OrganisationView(row.id, row.name, row.note, count)


def _tell(session: Session, number: int, by: Actor, before: dict[str, Any], after: dict[str, Any]) -> None:
    feed.append(session, "organisation_changed", by=by, before=before, after={"organisation": number, **after})
