"""Who looks at a ticket and who writes in it: true for seconds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from appliance import db, feed
from appliance.models import Agent, Presence, now
from appliance.services import attendance, presence, presence_news, sign_in, taking
from appliance.services.presence import PresenceError
from appliance.services.presence_news import PresenceNews
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def anna(desk: Desk) -> Actor:
    desk.write({"chat": 1, "id": 1, "text": "help"})
    with db.write() as session:
        agent = Agent(login="anna", name="Anna", role="agent", password="-")
        session.add(agent)
        session.flush()
    return Actor("agent", agent.id, "agent", "Anna")


def doings(by: Actor) -> list[tuple[str, str]]:
    return [(one.name, one.doing) for one in presence.in_ticket(1001, by)]


def pass_by(seconds: int) -> None:
    """So much later."""
    with db.write() as session:
        moved = timedelta(seconds=seconds)
        for row in session.scalars(select(Presence)):
            row.until, row.changed_at = row.until - moved, row.changed_at - moved


def test_colleagues_see_who_looks_and_who_writes_what(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "viewing", anna)
    assert doings(desk.agent) == [("Anna", "viewing")]
    presence.beat(1001, "note", anna)
    assert doings(desk.agent) == [("Anna", "note")]
    assert doings(anna) == []


def test_it_is_over_when_it_is_not_told_again(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "reply", anna)
    pass_by(7)
    assert doings(desk.agent) == []
    presence.beat(1001, "viewing", anna)
    pass_by(20)
    assert doings(desk.agent) == [("Anna", "viewing")]
    pass_by(6)
    assert doings(desk.agent) == []


def test_it_is_over_at_once_when_the_page_is_left(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "reply", anna)
    presence.leave(1001, anna)
    assert doings(desk.agent) == []


def test_an_unknown_word_is_looking(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "dancing", anna)
    assert doings(desk.agent) == [("Anna", "viewing")]


def test_it_makes_no_event(desk: Desk, anna: Actor) -> None:
    before = feed.last_id()
    presence.beat(1001, "reply", anna)
    presence.leave(1001, anna)
    assert feed.last_id() == before


def test_who_may_not_see_a_ticket_is_not_in_it(desk: Desk, anna: Actor) -> None:
    with pytest.raises(PresenceError):
        presence.beat(1002, "viewing", anna)
    with pytest.raises(PresenceError):
        presence.in_ticket(1001, Actor("contact", 1))
    with pytest.raises(PresenceError):
        presence.beat(1001, "viewing", SYSTEM)


def test_what_is_long_over_is_forgotten(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "viewing", anna)
    pass_by(3700)
    presence.tidy()
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(Presence)) == 0


class Listener:
    """What news have told; each look counts as one half second later."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(presence_news, "EVERY_SECONDS", 0.0)
        self.told: list[tuple[int, int]] = []
        self.news = PresenceNews()
        self.deaf = self.news.listen(lambda pairs: self.told.extend(sorted(pairs)))

    def look(self) -> list[tuple[int, int]]:
        self.told.clear()
        self.news.look()
        return list(self.told)


def test_news_tell_each_change_once(desk: Desk, anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    listener, changed = Listener(monkeypatch), [(1001, anna.id)]
    assert listener.look() == []
    presence.beat(1001, "viewing", anna)
    assert listener.look() == changed
    presence.beat(1001, "viewing", anna)
    assert listener.look() == []
    presence.beat(1001, "reply", anna)
    assert listener.look() == changed
    pass_by(7)
    assert listener.look() == changed
    assert listener.look() == []


def test_nobody_is_asked_while_nobody_listens(desk: Desk, anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(monkeypatch)
    listener.deaf()
    monkeypatch.setattr(presence, "everywhere", lambda: pytest.fail("asked"))
    assert listener.look() == []


def test_a_row_names_those_who_are_in_its_ticket(desk: Desk, anna: Actor) -> None:
    presence.beat(1001, "reply", anna)
    with db.session() as session:
        found = presence.of_tickets(session, [1001, 1002], desk.agent)
    assert [one.name for one in found[1001]] == ["Anna"]
    assert found[1001][0].writing


def test_colleagues_are_listed_with_whether_they_are_at_work(desk: Desk, anna: Actor) -> None:
    sign_in.begin(anna.id or 0, "", "")
    attendance.touch(anna.id or 0)
    states = {one.name: one.attendance for one in attendance.colleagues()}
    assert states == {"Anna": "here", "Ольга": "gone"}
    attendance.switch(anna, away=True)
    assert {one.name: one.attendance for one in attendance.colleagues()}["Anna"] == "away"
    assert attendance.is_away(anna)


def test_an_open_desk_is_noted_at_most_once_a_minute(desk: Desk, anna: Actor) -> None:
    attendance.touch(anna.id or 0)
    with db.write() as session:
        earlier = now() - timedelta(seconds=30)
        session.execute(update(Agent).where(Agent.id == anna.id).values(seen_at=earlier))
    attendance.touch(anna.id or 0)
    with db.session() as session:
        assert session.get_one(Agent, anna.id).seen_at == earlier


def test_being_away_is_an_event_and_a_ticket_can_still_be_taken(desk: Desk, anna: Actor) -> None:
    before = feed.last_id()
    attendance.switch(anna, away=True)
    attendance.switch(anna, away=True)
    (event,) = feed.after(before)
    assert (event.kind, event.after) == ("agent_changed", {"agent": anna.id, "away": True})
    assert taking.take(1001, anna)
