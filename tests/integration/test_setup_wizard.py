"""The wizard, from the code to the first message."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from appliance.services import agents, connections, intake, settings, setup
from appliance.services.journal import ConnectionJournal
from appliance.values import SYSTEM, ConnectError, RawUpdate
from appliance.web import cookies
from tests.integration.conftest import PASSWORD, Site, Visitor


def claim(site: Site) -> Visitor:
    visitor = site.visitor()
    visitor.form_page = "/setup/"
    assert visitor.post("/setup/claim", code=setup.new_code().lower()).location == "/setup/"
    return visitor


def name_company(visitor: Visitor, **changed: str) -> TestResponse:
    given = {"language": "en", "company": "Daisy", "time_zone": "Europe/Moscow", **changed}
    return visitor.post("/setup/company", **given)


def own(site: Site) -> Visitor:
    """A box whose owner has come to the bot."""
    visitor = claim(site)
    name_company(visitor)
    answer = visitor.post("/setup/owner", name="Olga", login="olga", password=PASSWORD)
    assert answer.location == "/setup/bot"
    return visitor


def test_it_goes_from_the_code_to_the_desk(fresh: Site) -> None:
    visitor = own(fresh)
    assert (settings.get("company"), settings.get("time_zone")) == ("Daisy", "Europe/Moscow")
    answer = visitor.post("/setup/bot", channel="plain", token="1:secret")
    assert answer.location == "/setup/hello"
    page = visitor.get("/setup/hello").text
    assert "Plain account" in page
    assert "Waiting for the first message" in page
    assert "1:secret" not in page
    assert visitor.post("/setup/finish").location == "/"
    assert setup.step() == ""
    assert visitor.get("/setup/").location == "/"


def test_a_wrong_code_tells_where_the_right_one_is(fresh: Site) -> None:
    setup.new_code()
    answer = fresh.visitor().post("/setup/claim", "/setup/", code="0000-0000-0000")
    assert answer.status_code == 422
    assert "setup-code</code>" in answer.text


def test_guessing_the_code_is_slowed_down(fresh: Site) -> None:
    setup.new_code()
    visitor = fresh.visitor()
    for _ in range(5):
        assert visitor.post("/setup/claim", "/setup/", code="0000").status_code == 422
    assert visitor.post("/setup/claim", "/setup/", code="0000").status_code == 429


@pytest.mark.parametrize("address", ["/setup/company", "/setup/owner"])
def test_without_the_code_no_step_is_open(fresh: Site, address: str) -> None:
    setup.new_code()
    assert fresh.visitor().get(address).location == "/setup/"


@pytest.mark.parametrize("address", ["/setup/bot", "/setup/hello", "/setup/hello/news"])
def test_the_later_steps_are_the_owners(fresh: Site, address: str) -> None:
    claim(fresh)
    assert fresh.visitor().get(address, follow_redirects=True).request.path in ("/setup/claim", address)
    agents.add("boss", "Boss", "owner", PASSWORD, SYSTEM)
    assert fresh.visitor().get(address).status_code == 302
    assert fresh.staff("agent").get(address).status_code == 403


def test_it_can_be_left_and_taken_up_again(fresh: Site) -> None:
    visitor = claim(fresh)
    name_company(visitor)
    assert visitor.get("/setup/").location == "/setup/owner"
    # Another browser needs the code once more, and goes on at the same step.
    assert fresh.visitor().get("/setup/").location == "/setup/claim"
    visitor.post("/setup/owner", name="Olga", login="olga", password=PASSWORD)
    assert visitor.get("/setup/").location == "/setup/bot"


def test_the_language_chosen_is_the_language_shown(fresh: Site) -> None:
    visitor = claim(fresh)
    name_company(visitor, language="ru", company="Ромашка")
    page = visitor.get("/setup/owner").text
    assert '<html lang="ru"' in page
    assert "Ваша учётная запись" in page


def test_the_language_of_the_first_page_stays(fresh: Site) -> None:
    visitor = fresh.visitor()
    visitor.post("/language", "/setup/", language="ru", next="/setup/claim")
    visitor.post("/setup/claim", "/setup/", code=setup.new_code())
    assert '<option value="ru" selected>' in visitor.get("/setup/company").text


def test_what_cannot_be_is_said_below_its_field(fresh: Site) -> None:
    visitor = claim(fresh)
    page = name_company(visitor, time_zone="Mars").text
    assert "There is no such time zone." in page
    name_company(visitor)
    page = visitor.post("/setup/owner", name="Olga", login="o", password="short").text
    assert 'aria-describedby=" login-error"' in page
    assert 'value="Olga"' in page
    assert 'value="short"' not in page


def test_the_owner_is_signed_in_and_the_code_is_spent(fresh: Site) -> None:
    visitor = own(fresh)
    assert visitor.cookie(cookies.SIGN_IN)
    with pytest.raises(setup.SetupError):
        setup.new_code()
    assert fresh.visitor().get("/setup/").location == "/login"


def test_a_refused_token_is_explained_and_not_repeated(fresh: Site) -> None:
    visitor = own(fresh)
    fresh.outside.unwilling = ConnectError("refused")
    answer = visitor.post("/setup/bot", channel="plain", token="1:secret", server="http://here")
    assert answer.status_code == 422
    assert "Refused." in answer.text
    assert 'value="http://here"' in answer.text
    assert "1:secret" not in answer.text


def test_without_internet_the_token_is_stored_and_that_is_said(fresh: Site) -> None:
    visitor = own(fresh)
    fresh.outside.unwilling = ConnectError("offline", temporary=True)
    visitor.post("/setup/bot", channel="plain", token="1:secret")
    page = visitor.get("/setup/hello").text
    assert "Stored, not checked yet" in page
    assert "No internet." in page
    fresh.outside.unwilling = None
    visitor.post("/setup/hello/check", "/setup/hello")
    assert "Plain account" in visitor.get("/setup/hello").text


def test_an_account_in_other_hands_can_be_taken_over(fresh: Site) -> None:
    visitor = own(fresh)
    fresh.outside.rival = ConnectError("rival", {"host": "other.example"})
    page = visitor.post("/setup/bot", channel="plain", token="1:secret").text
    assert "other.example reads it." in page
    assert "Plain account" in page
    assert "1:secret" not in page
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed is not None
    again = visitor.post("/setup/bot", channel="plain", sealed=sealed[1])
    assert again.status_code == 422
    assert visitor.post("/setup/bot", channel="plain", sealed=sealed[1], take_over="1").location == "/setup/hello"
    assert "other.example" not in visitor.get("/setup/hello").text


def test_a_made_up_seal_opens_nothing(fresh: Site) -> None:
    visitor = own(fresh)
    assert visitor.post("/setup/bot", channel="plain", sealed="made up", take_over="1").status_code == 400


def test_the_first_message_appears(fresh: Site) -> None:
    visitor = own(fresh)
    visitor.post("/setup/bot", channel="plain", token="1:secret")
    journal = ConnectionJournal(connections.enabled()[0], lambda: None)
    journal.commit([RawUpdate(b'{"chat": 7, "name": "Anna", "text": "/start"}', "1", "7")], "1")
    intake.read_new()
    assert "Anna has opened the chat." in visitor.get("/setup/hello/news?since=0").text
    journal.commit([RawUpdate(b'{"chat": 7, "id": 2, "name": "Anna", "text": "<b>hello</b>"}', "2", "7")], "2")
    intake.read_new()
    page = visitor.get("/setup/hello/news?since=0").text
    assert "The first message is here." in page
    assert "&lt;b&gt;hello&lt;/b&gt;" in page


def test_after_a_minute_it_says_what_to_look_at(fresh: Site) -> None:
    visitor = own(fresh)
    visitor.post("/setup/bot", channel="plain", token="1:secret")
    assert "checklist" in visitor.get("/setup/hello/news?since=1").text
    assert "checklist" not in visitor.get("/setup/hello").text


def test_it_can_be_skipped(fresh: Site) -> None:
    visitor = own(fresh)
    assert visitor.post("/setup/finish").location == "/"
    assert visitor.get("/setup/").location == "/"
