"""Lists that agents have named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from appliance import db
from appliance.models import Agent, SavedView, now
from appliance.services import views
from appliance.services.filters import Filters
from appliance.services.views import ViewError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

INVOICES = Filters("all", (("tag", "5"),))


@pytest.fixture
def manager(desk: Desk) -> Actor:
    with db.write() as session:
        agent = Agent(login="petra", name="Petra", role="manager", password="-")
        session.add(agent)
        session.flush()
        return Actor("agent", agent.id, "manager", agent.name)


def names(by: Actor) -> list[str]:
    return [view.name for view in views.of(by)]


def test_a_view_is_ones_own_until_it_is_shared(desk: Desk, manager: Actor) -> None:
    made = views.create("  My   invoices ", INVOICES, "due", manager)
    assert names(manager) == ["My invoices"]
    assert names(desk.agent) == []
    views.change(made, manager, shared=True)
    shared = views.of(desk.agent)[0]
    assert (shared.filters, shared.sort, shared.shared, shared.mine) == (INVOICES, "due", True, False)


def test_only_managers_share(desk: Desk) -> None:
    with pytest.raises(ViewError, match="not_allowed"):
        views.create("For all", INVOICES, "", desk.agent, shared=True)
    own = views.create("Mine", INVOICES, "", desk.agent)
    with pytest.raises(ViewError, match="not_allowed"):
        views.change(own, desk.agent, shared=True)


def test_a_shared_view_is_not_an_agents_to_change(desk: Desk, manager: Actor) -> None:
    made = views.create("For all", INVOICES, "", manager, shared=True)
    for attempt in (views.remove, lambda number, by: views.move(number, True, by)):
        with pytest.raises(ViewError, match="not_allowed"):
            attempt(made, desk.agent)


def test_somebody_elses_own_view_is_not_there(desk: Desk, manager: Actor) -> None:
    made = views.create("Mine", INVOICES, "", manager)
    assert views.find(made, desk.agent) is None
    with pytest.raises(ViewError, match="not_found"):
        views.remove(made, desk.agent)


def test_views_change_places_with_their_neighbours(desk: Desk) -> None:
    numbers = [views.create(name, INVOICES, "", desk.agent) for name in "abc"]
    views.move(numbers[2], True, desk.agent)
    assert names(desk.agent) == ["a", "c", "b"]
    views.move(numbers[0], True, desk.agent)
    assert names(desk.agent) == ["a", "c", "b"]
    views.move(numbers[0], False, desk.agent)
    assert names(desk.agent) == ["c", "a", "b"]


def test_a_view_without_a_name_is_refused(desk: Desk) -> None:
    with pytest.raises(ViewError, match="name_empty"):
        views.create("  ", INVOICES, "", desk.agent)


def test_views_are_counted_in_one_go(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 2, "id": 1, "text": "b"})
    counted = views.create("Waiting", Filters("waiting"), "", desk.agent)
    silent = views.create("Silent", Filters("waiting"), "", desk.agent)
    views.change(silent, desk.agent, counted=False)
    assert views.counts(desk.agent) == {f"view-{counted}": 2}


def test_a_deleted_view_comes_back_as_it_was_until_it_is_forgotten(desk: Desk, manager: Actor) -> None:
    first, second = (views.create(name, INVOICES, "due", manager) for name in ("One", "Two"))
    before = views.of(manager)
    views.remove(first, manager)
    assert names(manager) == ["Two"]
    assert views.find(first, manager) is None
    with pytest.raises(ViewError, match="not_found"):
        views.change(first, manager, name="Other")
    views.bring_back(first, manager)
    assert views.of(manager) == before
    views.remove(second, manager)
    with db.write() as session:
        session.get_one(SavedView, second).deleted_at = now() - views.KEPT_AFTER_DELETION - timedelta(minutes=1)
    views.prune()
    with pytest.raises(ViewError, match="not_found"):
        views.bring_back(second, manager)
