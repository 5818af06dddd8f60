"""Ways in: made in the browser, printed, pasted."""

from __future__ import annotations

import html
import re

from appliance.services import connections, entrance_list, settings
from appliance.values import SYSTEM
from tests.integration.conftest import Site


def connect(title: str = "Support", token: str = "1:secret") -> int:
    return connections.connect("plain", {"token": token}, title, SYSTEM).id


def test_three_tills_are_made_at_once(site: Site) -> None:
    number = connect()
    manager = site.staff("manager")
    answer = manager.post(
        "/settings/ways-in/", "/settings/ways-in/", places="Till 1\r\nTill 2\r\nTill 3\r\n", connection=str(number)
    )
    assert answer.status_code == 303
    assert [view.place for view in entrance_list.all_entrances()] == ["Till 1", "Till 2", "Till 3"]
    page = manager.get("/settings/ways-in/").text
    assert "3 ways in were made." in page
    for view in entrance_list.all_entrances():
        assert view.link in page
    assert ' style="' not in page


def test_nothing_is_made_without_a_place_and_the_page_says_so(site: Site) -> None:
    number = connect()
    answer = site.staff().post(
        "/settings/ways-in/", "/settings/ways-in/", places=" ", connection=str(number), source="<shop>"
    )
    assert answer.status_code == 422
    assert "Please name at least one place." in answer.text
    assert entrance_list.all_entrances() == []


def test_agents_make_none(site: Site) -> None:
    agent = site.staff("agent")
    for address in ("/settings/ways-in/", "/settings/ways-in/sheets", "/settings/ways-in/1/qr.svg"):
        assert agent.get(address).status_code == 403


def test_a_website_button_and_a_text_are_there_to_copy(site: Site) -> None:
    settings.set("language", "ru", SYSTEM)
    number = connect()
    owner = site.staff()
    owner.post("/settings/ways-in/", "/settings/ways-in/", places='"><b>Door', connection=str(number))
    (view,) = entrance_list.all_entrances()
    page = owner.get("/settings/ways-in/").text
    assert "<b>Door" not in page
    texts = [html.unescape(found) for found in re.findall(r"<textarea[^>]*readonly>(.*?)</textarea>", page, re.DOTALL)]
    assert texts[0].endswith(view.link)
    assert texts[1].startswith(f'<a href="{view.link}" target="_blank"')


def test_a_way_in_is_renamed_retired_and_used_again(site: Site) -> None:
    number = connect()
    owner = site.staff()
    owner.post("/settings/ways-in/", "/settings/ways-in/", places="Till 1", connection=str(number))
    (view,) = entrance_list.all_entrances()
    address = f"/settings/ways-in/{view.id}"
    owner.post(address, "/settings/ways-in/", place="Till one", source="door")
    owner.post(f"{address}/retired", "/settings/ways-in/", retired="1")
    (view,) = entrance_list.all_entrances()
    assert (view.place, view.sorting.source, view.retired_at is None) == ("Till one", "door", False)
    assert "Till one" not in owner.get("/settings/ways-in/sheets").text
    owner.post(f"{address}/retired", "/settings/ways-in/", retired="0")
    assert "Till one" in owner.get("/settings/ways-in/sheets").text
    assert owner.post("/settings/ways-in/99", "/settings/ways-in/", place="x").status_code == 404
    assert owner.post("/settings/ways-in/99/retired", "/settings/ways-in/", retired="1").status_code == 404


def test_a_sheet_stands_on_a_page_of_its_own(site: Site) -> None:
    number = connect()
    owner = site.staff()
    owner.post("/settings/ways-in/", "/settings/ways-in/", places="Till 1\nTill 2", connection=str(number))
    first, _second = entrance_list.all_entrances()
    one, both = owner.get(f"/settings/ways-in/{first.id}/sheet").text, owner.get("/settings/ways-in/sheets").text
    assert (one.count('class="sheet"'), both.count('class="sheet"')) == (1, 2)
    for words in ("Show us the problem", "Покажите нам проблему", "Till 1", "@plain"):
        assert words in one
    assert ' style="' not in both
    changed = owner.get("/settings/ways-in/sheets?ru=Нужна+помощь&en=").text
    assert "Нужна помощь" in changed
    assert '<p class="sheet-second"' not in changed


def test_the_code_is_a_picture_of_the_link(site: Site) -> None:
    number = connect()
    owner = site.staff()
    owner.post("/settings/ways-in/", "/settings/ways-in/", places="Till 1", connection=str(number))
    (view,) = entrance_list.all_entrances()
    answer = owner.get(f"/settings/ways-in/{view.id}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<?xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    download = owner.get(f"/settings/ways-in/{view.id}/qr.svg?download=1")
    assert "attachment" in download.headers["Content-Disposition"]


def test_without_a_connection_the_page_says_what_is_missing(site: Site) -> None:
    assert "Connect a bot first" in site.staff().get("/settings/ways-in/").text
