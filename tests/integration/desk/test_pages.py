"""What the desk's pages show."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.models import Team, Ticket
from appliance.services import tickets
from tests.integration.desk.conftest import Browser, House


def test_an_inbox_nobody_wrote_to_says_how_to_begin(house: House, owner: Browser) -> None:
    assert "Nobody has written yet." in owner.get("/inbox").get_data(as_text=True)


def test_a_customer_stands_in_the_inbox(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "The till does not print", "name": "Igor <b>"})
    page = owner.get("/inbox").get_data(as_text=True)
    assert "The till does not print" in page
    assert "Igor &lt;b&gt;" in page
    assert "Igor <b>" not in page


def test_the_front_door_leads_to_the_inbox(house: House, owner: Browser) -> None:
    assert owner.get("/").location == "/inbox"


@pytest.mark.parametrize("tab", ["waiting", "mine", "unclaimed", "all", "snoozed", "done", "spam", "trash", "odd"])
def test_every_list_opens(house: House, owner: Browser, tab: str) -> None:
    assert owner.get(f"/inbox?tab={tab}").status_code == 200


def test_a_ticket_opens_as_a_page_and_as_a_fragment(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})
    page, fragment = owner.get("/t/1001"), owner.fragment("/t/1001")
    assert "<!doctype html>" in page.get_data(as_text=True)
    text = fragment.get_data(as_text=True)
    assert "<!doctype html>" not in text
    assert 'id="workplace"' in text
    assert "HX-Request" in page.headers["Vary"]


def test_no_page_holds_script_or_style_of_its_own(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "help", "file": "f1", "kind": "photo"})
    page = owner.get("/t/1001").get_data(as_text=True)
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_every_static_address_on_a_page_has_its_version_and_is_there(house: House, owner: Browser) -> None:
    page = owner.get("/inbox").get_data(as_text=True)
    found = [part.partition('"')[0] for part in page.split('href="/static/')[1:] + page.split('src="/static/')[1:]]
    assert found
    for name in {address.partition("#")[0] for address in found}:
        # A bundle is named by what is in it.
        assert "?v=" in name or name.startswith("bundles/"), name
        answer = owner.get(f"/static/{name.replace('&amp;', '&')}")
        assert answer.status_code == 200, name
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/t/1001",
        "/t/1001/header",
        "/t/1001/card",
        "/t/1001/notice",
        "/t/1001/assignees",
        "/t/1001/older?before=99",
        "/t/1001/newer?after=0&event=0",
        "/inbox/rows/1001",
        "/messages/1",
        "/messages/1/versions",
    ],
)
def test_another_teams_ticket_is_not_there(house: House, owner: Browser, address: str) -> None:
    house.write({"chat": 1, "id": 1, "text": "secret"})
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    assert owner.fragment(address).status_code in (200, 204)
    answer = house.hire("olga").fragment(address)
    assert answer.status_code == 404
    assert "secret" not in answer.get_data(as_text=True)


def test_a_fragment_of_what_came_since_holds_only_that(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "first words"})
    after = house.last_message().id
    assert owner.fragment(f"/t/1001/newer?after={after}&event=999999").status_code == 204
    house.write({"chat": 1, "id": 2, "text": "second words"})
    text = owner.fragment(f"/t/1001/newer?after={after}&event=999999").get_data(as_text=True)
    assert "second words" in text
    assert "first words" not in text


def test_a_row_that_left_its_tab_says_so(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})
    assert "data-outside" not in owner.fragment("/inbox/rows/1001?tab=waiting").get_data(as_text=True)
    tickets.finish(1001, "solved", owner.actor)
    assert "data-outside" in owner.fragment("/inbox/rows/1001?tab=waiting").get_data(as_text=True)


def test_fifty_rows_and_then_more(house: House, owner: Browser) -> None:
    house.write(*({"chat": chat, "id": 1, "text": "help"} for chat in range(1, 54)))
    page = owner.get("/inbox").get_data(as_text=True)
    assert page.count('class="row-item"') == 50
    more = page.partition('data-more="')[2].partition('"')[0]
    assert owner.fragment(f"/inbox/rows?after={more}").get_data(as_text=True).count('class="row-item"') == 3


def test_counters_are_told_as_numbers(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})
    assert owner.fragment("/inbox/counts").json == {
        "waiting": 1,
        "mine": 0,
        "unclaimed": 1,
        "snoozed": 0,
        "mentions": 0,
        "drafts": 0,
        "overdue": 0,
        "undelivered": 0,
        "unread": 1,
    }


def test_without_signing_in_nothing_is_told(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "secret"})
    stranger = house.app.test_client()
    for address in ("/inbox", "/t/1001", "/inbox/counts", "/live", "/live/since", "/messages/1", "/files/1"):
        answer = stranger.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert "secret" not in answer.get_data(as_text=True)
