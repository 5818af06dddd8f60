"""What another site's page cannot do in our agent's name, and what every answer forbids the browser."""

from __future__ import annotations

import pytest

from appliance.services import settings
from appliance.values import SYSTEM
from tests.integration.conftest import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_a_form_without_its_token_is_refused(site: Site) -> None:
    visitor = site.staff()
    answer = visitor.client.post("/me/", data={"name": "Changed"})
    assert answer.status_code == 400
    assert "out of date" in answer.text
    assert "Changed" not in visitor.get("/me/").text


def test_somebody_elses_token_is_refused(site: Site) -> None:
    owner, other = site.staff(), site.staff("agent")
    page = other.get("/me/").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert owner.client.post("/me/", data={"name": "Changed", "csrf_token": token}).status_code == 400


def test_a_script_sends_it_in_a_header(site: Site) -> None:
    visitor = site.staff()
    token = visitor.get("/me/").text.split('name="csrf-token" content="')[1].split('"')[0]
    answer = visitor.client.post("/me/", data={"name": "Changed"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_the_origin_has_to_be_ours(site: Site, headers: dict[str, str], status: int) -> None:
    visitor = site.staff()
    token = visitor.get("/me/").text.split('name="csrf-token" content="')[1].split('"')[0]
    data = {"name": "Changed", "csrf_token": token}
    assert visitor.client.post("/me/", data=data, headers=headers).status_code == status


@pytest.mark.parametrize("address", ["/login", "/healthz", "/static/css/tokens.css", "/nonsense"])
def test_every_answer_carries_the_protecting_headers(site: Site, address: str) -> None:
    headers = site.visitor().get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_a_plugins_allowed_source_joins_the_policy(site: Site) -> None:
    settings.set("maps.tiles", "on", SYSTEM)
    settings.set("maps.tile_address", "https://tiles.example/{z}/{x}/{y}.png", SYSTEM)
    policy = site.visitor().get("/login").headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.example;" in policy
    assert policy.replace(" https://tiles.example", "") == POLICY


def test_pages_are_not_kept_by_the_browser(site: Site) -> None:
    assert site.staff().get("/me/").headers["Cache-Control"] == "no-store"


def test_versioned_files_are_kept_for_a_year(site: Site) -> None:
    page = site.visitor().get("/login").text
    sheet = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    assert "/bundles/" in sheet
    library = page.split('<script src="')[1].split('"')[0]
    assert "?v=" in library
    for address in (sheet, library):
        assert "max-age=31536000, immutable" in site.visitor().get(address).headers["Cache-Control"]
    plain = site.visitor().get(library.partition("?")[0])
    assert plain.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8080"])
def test_under_a_strangers_name_nothing_is_served(site: Site, host: str) -> None:
    answer = site.visitor().get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert "APPLIANCE_HOSTS" in answer.text
    assert 'type="password"' not in answer.text


def test_no_page_holds_a_script_or_a_style_of_its_own(site: Site) -> None:
    owner = site.staff()
    for address in ("/me/", "/settings/company", "/settings/staff/", "/settings/plugins/", "/status/", "/help/desk"):
        page = owner.get(address).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=')
