"""The couriers' page over HTTP: who is on it, what it says of them, and whom it says it to."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from sqlalchemy import update

from appliance import SYSTEM, db
from appliance.models import Team, Ticket
from appliance.services import settings
from tests.integration.inbound.bot import Bot, Customer
from tests.integration.inbound.conftest import Browser, House

CLIENT = {"latitude": 55.80, "longitude": 37.61}


@pytest.fixture
def boris() -> Customer:
    return Customer(6, "Boris")


def drive(bot: Bot, courier: Customer, ago: int = 300, steps: int = 6, until: int = 0) -> None:
    """Northwards, 222 m each half minute (27 km/h), the last step so many seconds ago; ends by itself at `until`."""
    start = int(time.time()) - ago - 30 * (steps - 1)
    period = until or 28_800
    for step in range(steps):
        place = {"latitude": 55.75 + 0.002 * step, "longitude": 37.61, "live_period": period, "heading": 5}
        if step == 0:
            bot.take(courier.says(date=start, location=place))
        else:
            bot.take(courier.edits(1, date=start, edit_date=start + 30 * step, location=place))


def rows(page: str) -> list[str]:
    """Each person's entry, tags left out."""
    found = re.findall(r'<li class="courier".*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def show(browser: Browser, **query: Any) -> str:
    return browser.client.get("/maps/couriers", query_string=query).get_data(as_text=True)


def test_without_anybody_it_says_how_to_share(owner: Browser, bot: Bot) -> None:
    page = show(owner)
    assert "Nobody shares where they are" in page
    assert "Share My Live Location" in page


def test_everybody_who_shares_is_listed_with_speed_and_ticket(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=10)
    (row,) = rows(page := show(owner))
    assert "Anna" in row
    assert "27 km/h" in row
    assert '<a class="courier-ticket" href="/t/1001"' in page
    assert "Sharing now" in page


def test_the_distance_to_a_chosen_place_is_remembered(
    bot: Bot, anna: Customer, boris: Customer, owner: Browser
) -> None:
    drive(bot, anna, ago=10)
    bot.take(boris.says(location=CLIENT))
    assert "km to the" not in show(owner)
    assert "4.4 km to the north" in rows(show(owner, place=2))[0]
    (row,) = rows(show(owner))
    assert "4.4 km to the north" in row
    assert "≈ 10 min, a guess" in row
    assert "km to the" not in show(owner, place="")
    assert "km to the" not in show(owner)


def test_who_stands_still_gets_no_guess(bot: Bot, anna: Customer, boris: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=10, steps=1)
    bot.take(boris.says(location=CLIENT))
    (row,) = rows(show(owner, place=2))
    assert "5.6 km to the north" in row
    assert "≈" not in row


def test_who_stopped_or_ran_out_shares_no_more(bot: Bot, anna: Customer, boris: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=10)
    drive(bot, boris, ago=10, until=120)
    bot.take(anna.edits(1, location={"latitude": 55.76, "longitude": 37.61}))
    page = show(owner)
    assert "Sharing now" not in page
    assert len(rows(page)) == 2
    assert "km/h" not in page


def test_a_person_stands_once_by_what_they_shared_last(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=3600)
    place = {"latitude": 1.0, "longitude": 2.0, "live_period": 900}
    bot.take(anna.says(location=place))
    assert len(rows(show(owner))) == 1
    assert 'data-latitude="1.0"' in show(owner)


def test_the_day_of_one_of_them_is_told(bot: Bot, anna: Customer, owner: Browser) -> None:
    settings.set("time_zone", "UTC", SYSTEM)
    drive(bot, anna, ago=10)
    page = show(owner, courier=1)
    assert "1.1 km travelled" in page
    assert re.search(r"data-lines='\[\[\[55.75, 37.61\], \[55.76, 37.61\]\]\]'", page)
    assert page.count("<option value=") >= 1


def test_of_another_day_nothing_is_known(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=10)
    assert "Nothing is known of that day." in show(owner, courier=1, day="2020-01-01")
    assert "travelled" in show(owner, courier=1, day="nonsense")


def test_only_the_part_that_changes_comes_when_it_is_asked_for(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna, ago=10)
    part = show(owner, part=1, courier=1)
    assert part.lstrip().startswith('<section class="couriers-side" id="couriers-live"')
    assert 'data-address="/maps/couriers?part=1&amp;courier=1"' in part


def test_a_name_is_only_text(bot: Bot, owner: Browser) -> None:
    drive(bot, Customer(7, "<img src=x onerror=alert(1)>"), ago=10)
    page = show(owner)
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_another_teams_couriers_and_places_are_nobodys(
    bot: Bot, anna: Customer, boris: Customer, owner: Browser, house: House
) -> None:
    drive(bot, anna, ago=10)
    bot.take(boris.says(location=CLIENT))
    stranger = house.hire("lee")
    with db.write() as session:
        team = Team(name="Couriers")
        session.add(team)
        session.flush()
        session.execute(update(Ticket).values(team_id=team.id))
    page = show(stranger, courier=1, place=2)
    assert "Anna" not in page
    assert "Boris" not in page
    assert stranger.get("/maps/live/1.json").status_code == 404
    assert owner.get("/maps/live/1.json").status_code == 200


def test_the_way_of_the_last_hours_comes_as_a_line(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna)
    assert owner.get("/maps/live/1.json").json == {"trail": [[55.75, 37.61], [55.76, 37.61]]}
    assert owner.get("/maps/live/99.json").status_code == 404


def test_a_bubble_says_when_it_was_seen(bot: Bot, anna: Customer, owner: Browser) -> None:
    drive(bot, anna)
    page = owner.get("/messages/1").text
    assert 'live="/maps/live/1.json"' in page
    assert re.search(r'<live-age at="[^"]+" until="[^"]+" now="', page)
    bot.take(anna.edits(1, location={"latitude": 55.76, "longitude": 37.61}))
    assert re.search(r'<live-age at="[^"]+" until="[^"]+" ended="', owner.get("/messages/1").text)


def test_nobody_finds_it_without_signing_in(house: House) -> None:
    outside = house.app.test_client()
    assert outside.get("/maps/couriers").status_code == 302
    assert outside.get("/maps/live/1.json").status_code in (302, 401)
