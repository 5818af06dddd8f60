"""Live locations: every update is kept once, in the right order, until it is thinned and in the end forgotten."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from appliance import box, db
from appliance.models import Event, LiveFix, LiveShare, Message, Part, Team, TeamMember, Ticket
from appliance.services import trails
from appliance.values import LiveShare as Share
from tests.integration.inbound.bot import Bot, Customer
from tests.integration.inbound.conftest import Browser, House

START = int(time.time()) - 600
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOR_EVER = 0x7FFFFFFF


def at(latitude: float, longitude: float = 37.61, **more: Any) -> dict[str, Any]:
    """A location as the messenger tells it while it is live."""
    return {"location": {"latitude": latitude, "longitude": longitude, "live_period": 900, **more}}


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(START + seconds, UTC)


def begin(bot: Bot, customer: Customer, **more: Any) -> None:
    bot.take(customer.says(date=START, **at(55.75, **more)))


def move(bot: Bot, customer: Customer, seconds: int, latitude: float, **more: Any) -> None:
    bot.take(customer.edits(1, date=START, edit_date=START + seconds, **at(latitude, **more)))


def stop(bot: Bot, customer: Customer, seconds: int, latitude: float) -> None:
    place = {"latitude": latitude, "longitude": 37.61}
    bot.take(customer.edits(1, date=START, edit_date=START + seconds, location=place))


def kept() -> list[tuple[int, float]]:
    """Seconds since the start, and the latitude, as they lie in the database."""
    with db.session() as session:
        rows = session.scalars(select(LiveFix).order_by(LiveFix.at, LiveFix.id)).all()
        return [(int(row.at.timestamp()) - START, row.latitude) for row in rows]


def shown() -> dict[str, Any]:
    with db.session() as session:
        return dict(session.scalars(select(Part)).one().data)


def share(owner: Browser) -> Share:
    found = box().live_share(1, owner.actor)
    assert found is not None
    return found


def events() -> int:
    with db.session() as session:
        return len(session.scalars(select(Event).where(Event.kind == "position_changed")).all())


def test_it_begins_with_its_message(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna, horizontal_accuracy=12.5)
    found = share(owner)
    assert (found.name, found.number, found.until, found.ended_at) == ("Anna", 1001, moment(900), None)
    assert (found.last.at, found.last.latitude, found.last.accuracy) == (moment(0), 55.75, 12.5)


def test_one_without_an_end_has_none(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna, live_period=FOR_EVER)
    assert share(owner).until is None


def test_every_move_is_kept(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    move(bot, anna, 4, 55.751, heading=90)
    move(bot, anna, 8, 55.752, live_period=1800)
    assert kept() == [(0, 55.75), (4, 55.751), (8, 55.752)]
    assert share(owner).until == moment(1800)
    assert [fix.heading for fix in box().fixes(1, owner.actor)] == [None, 90, None]
    assert shown()["latitude"] == 55.752


def test_what_is_told_twice_is_kept_once(bot: Bot, anna: Customer) -> None:
    begin(bot, anna)
    for _ in range(2):
        move(bot, anna, 4, 55.751)
    assert kept() == [(0, 55.75), (4, 55.751)]
    assert events() == 1


def test_a_late_update_is_of_the_trail_and_moves_nobody_back(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    move(bot, anna, 8, 55.752)
    move(bot, anna, 4, 55.751)
    assert kept() == [(0, 55.75), (4, 55.751), (8, 55.752)]
    assert shown()["latitude"] == share(owner).last.latitude == 55.752


def test_the_end_is_no_new_sight_of_the_last_place(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    move(bot, anna, 4, 55.751)
    stop(bot, anna, 60, 55.751)
    found = share(owner)
    assert (found.ended_at, found.last.at, kept()[-1]) == (moment(60), moment(4), (4, 55.751))
    assert "live" not in shown()


def test_an_end_elsewhere_is_a_fix_too(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    stop(bot, anna, 60, 55.76)
    assert (share(owner).ended_at, kept()[-1]) == (moment(60), (60, 55.76))


def test_what_was_overtaken_by_the_end_does_not_begin_it_again(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    stop(bot, anna, 60, 55.75)
    move(bot, anna, 56, 55.751)
    assert share(owner).ended_at == moment(60)
    assert kept() == [(0, 55.75), (56, 55.751)]


@pytest.mark.parametrize(
    "numbers", [{"latitude": 91.0}, {"longitude": 1e300}, {"latitude": "55"}, {"latitude": True}, {"latitude": None}]
)
def test_numbers_that_are_no_place_change_nothing(bot: Bot, anna: Customer, numbers: dict[str, Any]) -> None:
    begin(bot, anna)
    place = {"latitude": 55.76, "longitude": 37.61, "live_period": 900, **numbers}
    bot.take(anna.edits(1, edit_date=START + 4, location=place))
    assert [latitude for _seconds, latitude in kept()] == [55.75]


def test_measures_out_of_range_are_left_out(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    move(bot, anna, 4, 55.751, heading=720, horizontal_accuracy=-3)
    last = share(owner).last
    assert (last.latitude, last.heading, last.accuracy) == (55.751, None, None)


def test_one_from_before_fixes_were_kept_begins_with_what_it_shows(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    with db.write() as session:
        session.execute(delete(LiveFix))
        session.execute(delete(LiveShare))
    move(bot, anna, 4, 55.751)
    assert kept() == [(0, 55.75), (4, 55.751)]
    assert share(owner).started_at == moment(0)


def test_a_location_that_is_corrected_is_no_live_one(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(anna.says(location={"latitude": 55.75, "longitude": 37.61}))
    stop(bot, anna, 60, 55.76)
    assert box().live_share(1, owner.actor) is None
    assert shown()["latitude"] == 55.76


def test_it_goes_with_its_message_into_another_ticket(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    bot.take(Customer(6, "Boris").says(text="hello"))
    with db.write() as session:
        session.execute(update(Message).where(Message.id == 1).values(ticket_id=1002))
    move(bot, anna, 4, 55.751)
    assert (share(owner).number, share(owner).last.latitude) == (1002, 55.751)


def test_who_may_not_see_the_ticket_sees_nobody(bot: Bot, anna: Customer, owner: Browser, house: House) -> None:
    begin(bot, anna)
    inside, outside = house.hire("kim"), house.hire("lee")
    with db.write() as session:
        team = Team(name="Couriers")
        session.add(team)
        session.flush()
        session.add(TeamMember(team_id=team.id, agent_id=inside.agent_id))
        session.execute(update(Ticket).values(team_id=team.id))
    for who, many in ((owner, 1), (inside, 1), (outside, 0)):
        assert len(box().live_shares(who.actor, LONG_AGO)) == many
        assert len(box().fixes(1, who.actor)) == many
        assert (box().live_share(1, who.actor) is not None) == bool(many)


def test_spam_stands_on_no_map(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    bot.take(Customer(6, "Boris").says(location={"latitude": 1, "longitude": 2}))
    with db.write() as session:
        session.execute(update(Ticket).values(shelf="spam"))
    assert not box().live_shares(owner.actor, LONG_AGO)
    assert not box().known_places(owner.actor, LONG_AGO)


def test_places_are_told_of_those_who_stand(bot: Bot, anna: Customer, owner: Browser) -> None:
    begin(bot, anna)
    venue = {"location": {"latitude": 41.9, "longitude": 12.5}, "title": "GUM", "address": "Red Square, 3"}
    bot.take(Customer(6, "Boris").says(venue=venue, location=venue["location"]))
    (place,) = box().known_places(owner.actor, LONG_AGO)
    assert (place.name, place.title, place.latitude) == ("Boris", "GUM", 41.9)


def shift(days: float) -> None:
    """As if everything had happened so many days earlier."""
    gone = timedelta(days=days)
    with db.write() as session:
        for fix in session.scalars(select(LiveFix)):
            fix.at -= gone
        for row in session.scalars(select(LiveShare)):
            row.started_at, row.heard_at = row.started_at - gone, row.heard_at - gone


def latitudes() -> Sequence[float]:
    return [latitude for _seconds, latitude in kept()]


def walk(bot: Bot, anna: Customer) -> None:
    """A start, a step nobody sees, a leap that is a guess, two steps of 111 m, and an end where nothing moved."""
    begin(bot, anna)
    move(bot, anna, 4, 55.75001)
    move(bot, anna, 8, 55.76, horizontal_accuracy=900)
    move(bot, anna, 12, 55.751)
    move(bot, anna, 16, 55.752)
    move(bot, anna, 20, 55.752)


def test_pages_are_spared_what_says_nothing(bot: Bot, anna: Customer, owner: Browser) -> None:
    walk(bot, anna)
    assert [fix.latitude for fix in box().fixes(1, owner.actor)] == [55.75, 55.751, 55.752]


def test_a_days_fixes_stay_as_they_were_told(bot: Bot, anna: Customer) -> None:
    walk(bot, anna)
    trails.tidy()
    assert len(latitudes()) == 6


def test_older_ones_are_thinned_once(bot: Bot, anna: Customer) -> None:
    walk(bot, anna)
    shift(2)
    for _ in range(2):
        trails.tidy()
        # The end stays, although nothing had moved.
        assert latitudes() == [55.75, 55.751, 55.752, 55.752]


def test_in_the_end_only_start_and_end_are_known(bot: Bot, anna: Customer, owner: Browser) -> None:
    walk(bot, anna)
    shift(31)
    trails.tidy()
    assert latitudes() == [55.75, 55.752]
    assert share(owner).last.latitude == 55.752


def test_of_one_that_goes_on_only_the_old_way_is_forgotten(bot: Bot, anna: Customer) -> None:
    walk(bot, anna)
    shift(31)
    move(bot, anna, 30, 55.753)
    for _ in range(2):
        trails.tidy()
        assert latitudes() == [55.75, 55.753]
