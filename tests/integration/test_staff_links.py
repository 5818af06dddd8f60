"""My own messenger, linked on the profile page."""

from __future__ import annotations

import json
import re

from appliance.services import agents, connections, intake, staff_addresses, undoing
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM, Actor, RawUpdate
from tests.integration.conftest import Site, Visitor

LINK = re.compile(r"https://plain\.test/me\?start=(link-[a-z0-9]+)")


def connect() -> int:
    return connections.connect("plain", {"token": "1:secret"}, "Support", SYSTEM).id


def open_on_phone(connection_id: int, code: str) -> None:
    row = json.dumps({"chat": 7, "id": 1, "text": f"/start {code}", "name": "Anna on her phone"}).encode()
    ConnectionJournal(connection_id, lambda: None).commit([RawUpdate(row, "1", "7")], "1")
    while intake.read_new():
        pass


def agent_id(login: str) -> int:
    found = agents.find(login)
    assert found is not None
    return found.id


def ask_for_link(visitor: Visitor, connection_id: int) -> str:
    page = visitor.post(f"/me/links/{connection_id}").text
    found = LINK.search(page)
    assert found is not None
    assert "data:image/svg+xml" in page
    return found[1]


def test_a_phone_is_linked_and_the_page_shows_it(site: Site) -> None:
    number = connect()
    anna = site.staff("agent", "anna")
    assert "My Plain" in anna.get("/me/").text
    open_on_phone(number, ask_for_link(anna, number))
    assert staff_addresses.address_of(agent_id("anna"), number) is not None
    for address in ("/me/", "/me/links/?fragment=1"):
        page = anna.get(address).text
        assert "Anna on her phone" in page
        assert not LINK.search(page)


def test_it_is_unlinked_again(site: Site) -> None:
    number = connect()
    anna = site.staff("agent", "anna")
    open_on_phone(number, ask_for_link(anna, number))
    assert anna.post(f"/me/links/{number}/end").status_code == 303
    assert staff_addresses.links(agent_id("anna")) == []


def test_a_link_to_nowhere_is_not_made(site: Site) -> None:
    assert site.staff("agent").post("/me/links/99").status_code == 404


def test_everybody_chooses_their_own_time_to_undo(site: Site) -> None:
    anna = site.staff("agent", "anna")
    actor = Actor("agent", agent_id("anna"), "agent", "Anna")
    assert undoing.seconds(actor) == 5
    given = {"name": "Anna", "language": "", "theme": "auto"}
    anna.post("/me/", **given, undo="20")
    assert undoing.seconds(actor) == 20
    assert '<option value="20" selected>' in anna.get("/me/").text
    assert anna.post("/me/", **given, undo="3").status_code == 422
    anna.post("/me/", **given, undo="")
    assert undoing.seconds(actor) == 5
