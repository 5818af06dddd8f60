"""Finding places: towns in the box's own list, addresses at a server of the owner's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from appliance import SYSTEM
from appliance.services import settings
from appliance_maps.pick_online import SearchFailed, check_server, host_of, read_answer
from appliance_maps.pick_towns import find_by_name
from tests.integration.inbound.conftest import Browser

ROW = {"lat": "55.75", "lon": "37.61", "name": "GUM", "display_name": "GUM, Red Square 3, Moscow"}


def labels(words: str, language: str = "en") -> list[str]:
    return [label for label, _latitude, _longitude in find_by_name(words, language)]


@pytest.mark.parametrize("words", ["Tashk", "tashkent", "ТАШК", "ташкент"])
def test_a_town_is_found_in_either_language(words: str) -> None:
    assert labels(words)[0] == "Tashkent, Uzbekistan"
    assert labels(words, "ru")[0] == "Ташкент, Узбекистан"


def test_accents_are_not_needed() -> None:
    assert "Zürich, Switzerland" in labels("zurich")


def test_the_largest_comes_first_and_few_are_enough() -> None:
    found = labels("san")
    assert len(found) == 6
    assert found[0].startswith("Santiago")


@pytest.mark.parametrize("words", ["", "x", "%", "xqzzy", "' OR 1=1"])
def test_what_names_no_town_finds_none(words: str) -> None:
    assert labels(words) == []


def test_the_route_answers_in_the_readers_language(owner: Browser) -> None:
    found = owner.client.get("/maps/search", query_string={"q": "  vladivos "}).json["found"]  # type: ignore[index]
    assert [(each["label"], round(each["latitude"])) for each in found] == [("Vladivostok, Russia", 43)]


def test_a_servers_answer_is_read_with_care() -> None:
    rows: list[Any] = [ROW, "x", {"lat": "91", "lon": "0", "display_name": "off"}, {"lat": 1, "lon": 2}]
    rows.append({"lat": "nan", "lon": "0", "display_name": "nowhere"})
    (found,) = read_answer(json.dumps(rows).encode())
    assert (found.name, found.label, found.latitude) == ("GUM", "GUM, Red Square 3, Moscow", 55.75)


def test_of_many_places_five_are_enough() -> None:
    assert len(read_answer(json.dumps([ROW] * 50).encode())) == 5


@pytest.mark.parametrize("raw", [b"", b"<html>", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_answer_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(SearchFailed):
        read_answer(raw)


@pytest.mark.parametrize("address", ["", "https://search.example/search", "http://192.168.1.5:8080/nominatim/search"])
def test_addresses_of_servers(address: str) -> None:
    assert check_server(address) is None


@pytest.mark.parametrize(
    "address", ["search.example", "ftp://x/", "file:///etc/passwd", "https://x/?a=b", "https://u@x/"]
)
def test_what_is_no_address_of_a_server(address: str) -> None:
    assert check_server(address)
    assert host_of(lambda _name: address) == ""


def test_nobody_is_asked_unless_the_owner_named_a_server(owner: Browser) -> None:
    assert owner.post("/maps/search", q="Lenina 1").json == {"found": []}


def test_a_server_out_of_reach_is_told_in_words(owner: Browser) -> None:
    # A port nothing listens at: the one that is reserved.
    settings.set("maps.address_search", "http://127.0.0.1:1/search", SYSTEM)
    answer = owner.post("/maps/search", q="Lenina 1")
    assert (answer.status_code, answer.json) == (502, {"problem": "The server of addresses is out of reach."})


def test_a_page_elsewhere_cannot_make_the_box_ask(owner: Browser) -> None:
    settings.set("maps.address_search", "http://127.0.0.1:1/search", SYSTEM)
    assert owner.client.post("/maps/search", data={"q": "Lenina 1"}).status_code in (400, 403)
