"""Signing in and out in a browser."""

from __future__ import annotations

import pytest

from appliance.services import agents, setup, sign_in
from appliance.web import cookies
from tests.integration.conftest import PASSWORD, Site


def test_the_right_password_opens_the_desk(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.post("/login", login="Boss", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert visitor.get("/me/").status_code == 200


def test_a_wrong_one_says_neither_what_was_wrong_nor_the_password_again(site: Site) -> None:
    for login in ("boss", "nobody"):
        answer = site.visitor().post("/login", login=login, password="wrong password")
        assert answer.status_code == 422
        assert "Login or password is wrong." in answer.text
        assert "wrong password" not in answer.text


def test_the_cookie_is_closed_to_scripts_and_other_sites(site: Site) -> None:
    answer = site.visitor().post("/login", login="boss", password=PASSWORD)
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(cookies.SIGN_IN)]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # a browser would drop it on plain HTTP
    assert "Path=/" in cookie


def test_under_https_the_cookies_are_secure(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.client.get("/login", base_url="https://localhost")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"login": "boss", "password": PASSWORD, "csrf_token": token}
    answer = visitor.client.post("/login", data=data, base_url="https://localhost")
    for lines in (page.headers.getlist("Set-Cookie"), answer.headers.getlist("Set-Cookie")):
        assert all("; Secure" in line for line in lines)


def test_a_planted_cookie_is_not_taken_over(site: Site) -> None:
    visitor = site.visitor()
    visitor.client.set_cookie(cookies.SIGN_IN, "planted")
    visitor.post("/login", login="boss", password=PASSWORD)
    assert visitor.cookie(cookies.SIGN_IN) != "planted"
    assert sign_in.recognise("planted") is None


def test_after_too_many_tries_one_has_to_wait(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(5):
        assert visitor.post("/login", login="boss", password="wrong password").status_code == 422
    answer = visitor.post("/login", login="boss", password=PASSWORD)
    assert answer.status_code == 429
    assert "Too many tries." in answer.text


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [("/t/1042", "/t/1042"), ("https://evil.example", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_it_leads_on_to_pages_of_ours_only(site: Site, wanted: str, lands: str) -> None:
    assert site.visitor().post("/login", login="boss", password=PASSWORD, next=wanted).location == lands


def test_signing_out_ends_the_session_for_good(site: Site) -> None:
    visitor = site.visitor()
    visitor.post("/login", login="boss", password=PASSWORD)
    token = visitor.cookie(cookies.SIGN_IN)
    visitor.post("/logout", "/me/")
    assert visitor.cookie(cookies.SIGN_IN) == ""
    visitor.client.set_cookie(cookies.SIGN_IN, token)
    assert visitor.get("/me/").status_code == 302


def test_an_owner_who_left_the_wizard_goes_on_there(site: Site) -> None:
    setup.go_to("bot")
    visitor = site.visitor()
    assert visitor.post("/login", login="boss", password=PASSWORD).location == "/setup/"
    assert visitor.get("/setup/").location == "/setup/bot"


def test_a_session_ended_elsewhere_ends_here(site: Site) -> None:
    here, there = site.staff(), site.staff()
    known = agents.find("owner")
    assert known is not None
    page = here.get("/me/").text
    assert page.count("/sessions/") == 2  # one to end, and all others
    number = page.split("/me/sessions/")[1].split("/")[0]
    here.post(f"/me/sessions/{number}/end")
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_the_page_speaks_the_visitors_language(site: Site) -> None:
    visitor = site.visitor()
    assert "Войти" in visitor.get("/login", headers={"Accept-Language": "ru-RU,ru;q=0.9"}).text
    assert "Sign in" in visitor.get("/login", headers={"Accept-Language": "fr"}).text
    visitor.post("/language", language="ru", next="/login")
    assert "Войти" in visitor.get("/login").text
