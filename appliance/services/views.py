"""Saved views: lists an agent has named, for themselves or for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import SavedView, now
from appliance.services import lists, sorts
from appliance.services.filters import Filters
from appliance.values import Actor

LONGEST = 60
MOST = 50
KEPT_AFTER_DELETION = timedelta(days=30)
# Counting is done again whenever something happens: the first twenty have a number beside them.
MOST_COUNTED = 20


class ViewError(Exception):
    """Nothing was changed. code: not_found, not_allowed, name_empty, too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class View:
    """`mine`: this agent may rename, move and delete it. `sort` '': the tab's own."""

    id: int
    name: str
    filters: Filters
    sort: str
    shared: bool
    counted: bool
    mine: bool

    @property
    def key(self) -> str:
        """What its counter and its sort are called."""
        return f"view-{self.id}"


def of(by: Actor) -> tuple[View, ...]:
    """In the order of the navigation: one's own, then what is shared."""
    with db.session() as session:
        return tuple(_view(saved, by) for saved in _all(session, by))


def find(view_id: int, by: Actor) -> View | None:
    with db.session() as session:
        saved = session.scalar(select(SavedView).where(SavedView.id == view_id, _seen_by(by)))
        return _view(saved, by) if saved else None


def counts(by: Actor) -> dict[str, int]:
    """Key → how many tickets; of the first twenty that want to be counted."""
    wanted = [view for view in of(by) if view.counted][:MOST_COUNTED]
    return lists.count_each(by, {view.key: view.filters for view in wanted})


def create(name: str, filters: Filters, sort: str, by: Actor, *, shared: bool = False) -> int:
    """The new view's id. Everybody may save for themselves; sharing is for owners and managers. Raises ViewError."""
    if by.kind != "agent" or (shared and not _may_share(by)):
        raise ViewError("not_allowed")
    with db.write() as session:
        last, number = session.execute(select(func.max(SavedView.position), func.count()).where(_own(by))).one()
        if number >= MOST:
            raise ViewError("too_many")
        made = SavedView(agent_id=by.id, name=_clean(name), filters=filters.as_json(), shared=shared)
        made.sort = sort if sort in sorts.choices(filters.tab) else ""
        made.position = (last or 0) + 1
        session.add(made)
        session.flush()
        _note(session, made, by, "created")
        return made.id


def change(view_id: int, by: Actor, **changed: Any) -> None:
    """`name`, `shared`, `counted`, or `filters` with `sort`. Raises ViewError."""
    if "name" in changed:
        changed["name"] = _clean(changed["name"])
    if changed.get("shared") and not _may_share(by):
        raise ViewError("not_allowed")
    if "filters" in changed:
        changed["filters"] = changed["filters"].as_json()
    with db.write() as session:
        saved = _changeable(session, view_id, by)
        for key, value in changed.items():
            setattr(saved, key, value)
        _note(session, saved, by, "changed")


def move(view_id: int, up: bool, by: Actor) -> None:
    """One place up or down among its own kind. Raises ViewError."""
    with db.write() as session:
        saved = _changeable(session, view_id, by)
        kind = [other for other in _all(session, by) if other.shared == saved.shared]
        place = kind.index(saved)
        other = place + (-1 if up else 1)
        if 0 <= other < len(kind):
            kind[place], kind[other] = kind[other], kind[place]
        for position, each in enumerate(kind):
            each.position = position


def remove(view_id: int, by: Actor) -> None:
    """The tickets in it stay where they are. Raises ViewError."""
    with db.write() as session:
        saved = _changeable(session, view_id, by)
        saved.deleted_at = now()
        _note(session, saved, by, "deleted")


def bring_back(view_id: int, by: Actor) -> None:
    """As it was before it was deleted. Raises ViewError."""
    with db.write() as session:
        saved = _changeable(session, view_id, by, deleted=True)
        saved.deleted_at = None
        _note(session, saved, by, "brought_back")


def prune() -> None:
    """Forget for good what was deleted long ago. Called by the worker's clock."""
    with db.write() as session:
        session.execute(delete(SavedView).where(SavedView.deleted_at < now() - KEPT_AFTER_DELETION))


def _all(session: Session, by: Actor) -> Sequence[SavedView]:
    order = (SavedView.shared, SavedView.position, SavedView.id)
    return session.scalars(select(SavedView).where(_seen_by(by)).order_by(*order)).all()


def _own(by: Actor) -> Any:
    return and_(SavedView.agent_id == by.id, SavedView.shared.is_(False), SavedView.deleted_at.is_(None))


def _seen_by(by: Actor, *, deleted: bool = False) -> Any:
    there = SavedView.deleted_at.is_not(None) if deleted else SavedView.deleted_at.is_(None)
    return and_(there, or_(SavedView.shared, SavedView.agent_id == by.id))


def _may_share(by: Actor) -> bool:
    return by.role in ("owner", "manager")


def _may_change(saved: SavedView, by: Actor) -> bool:
    return saved.agent_id == by.id or (saved.shared and _may_share(by))


def _changeable(session: Session, view_id: int, by: Actor, *, deleted: bool = False) -> SavedView:
    saved = session.scalar(select(SavedView).where(SavedView.id == view_id, _seen_by(by, deleted=deleted)))
    if saved is None:
        raise ViewError("not_found")
    if not _may_change(saved, by):
        raise ViewError("not_allowed")
    return saved


def _view(saved: SavedView, by: Actor) -> View:
    return View(
        id=saved.id,
        name=saved.name,
        filters=Filters.from_json(saved.filters),
        sort=saved.sort,
        shared=saved.shared,
        counted=saved.counted,
        mine=_may_change(saved, by),
    )


def _note(session: Session, saved: SavedView, by: Actor, what: str) -> None:
    """What everybody sees is in the journal; what is one's own is nobody's business."""
    if saved.shared:
        feed.append(session, "view_changed", by=by, after={"view": saved.id, "name": saved.name, "what": what})


def _clean(name: str) -> str:
    made = " ".join(name.split())[:LONGEST]
    if not made:
        raise ViewError("name_empty")
    return made
