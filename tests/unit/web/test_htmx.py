"""What htmx 4 says of a request."""

from __future__ import annotations

import json

from flask import Flask, Response

from appliance.web.htmx import htmx, reswapped, triggered, vary

APP = Flask(__name__)


def test_source_and_target_are_told_by_their_ids() -> None:
    headers = {"HX-Request": "true", "HX-Source": "button#take", "HX-Target": "div#card"}
    with APP.test_request_context(headers=headers):
        assert (bool(htmx), htmx.source, htmx.target) == (True, "take", "card")


def test_a_page_of_its_own_is_no_fragment() -> None:
    with APP.test_request_context():
        assert not htmx.partial
    with APP.test_request_context(headers={"HX-Request": "true", "HX-Request-Type": "full"}):
        assert not htmx.partial
    with APP.test_request_context(headers={"HX-Request": "true"}):
        assert htmx.partial


def test_an_answer_can_ask_for_a_morph_and_fire_events() -> None:
    response = triggered(reswapped(vary(Response()), "innerMorph"), **{"desk:toast": {"text": "Решено"}})
    assert response.headers["HX-Reswap"] == "innerMorph"
    assert response.headers["HX-Trigger"].isascii()
    assert json.loads(response.headers["HX-Trigger"]) == {"desk:toast": {"text": "Решено"}}
    assert response.headers["Vary"] == "HX-Request"
