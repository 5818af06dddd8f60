"""What fills the disk, and the rules with their dry run."""

from __future__ import annotations

import re

import pytest

from appliance.services import disk_use, settings
from tests.integration.desk.conftest import Browser, House
from tests.unit.services.filed import file, file_in

PAGE = "/status/disk"


@pytest.fixture
def film(house: House) -> int:
    disk_use.forget()
    house.write({"chat": 1, "id": 1, "text": "look", "name": "Anna"})
    return file_in(house.last_message().id, b"x" * (3 << 20), name="hall.mov")


def text_of(browser: Browser, address: str = PAGE) -> str:
    return " ".join(browser.get(address).text.split())


def test_it_tells_by_kind_customer_and_month(owner: Browser, film: int) -> None:
    page = text_of(owner)
    assert "Videos" in page
    assert "3.0 MB" in page or "3 MB" in page
    assert "Anna" in page
    assert 'href="/t/1001"' in page
    assert f'href="{PAGE}"' in owner.get("/status/").text
    assert "No rule is on: everything is kept." in page


def test_an_empty_box_says_so(owner: Browser) -> None:
    disk_use.forget()
    assert "No files yet." in text_of(owner)


def test_a_dry_run_shows_what_would_go(owner: Browser, film: int) -> None:
    page = text_of(owner, f"{PAGE}?keep_video_days=90&keep_photo_days=0&csrf_token=x")
    assert "1 original would go and free 3" in page
    assert "hall.mov" in page
    assert file(film).dropped_at is None
    assert settings.get("keep_video_days") == "0"
    assert "Nothing would go with these days." in text_of(owner, f"{PAGE}?keep_video_days=365")


@pytest.mark.parametrize("days", ["-1", "many", "99999999"])
def test_days_that_are_none_are_refused(owner: Browser, film: int, days: str) -> None:
    answer = owner.get(f"{PAGE}?keep_video_days={days}")
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_the_owner_switches_rules_on(owner: Browser, film: int) -> None:
    known = {"keep_video_days": "90", "keep_photo_days": "0", "keep_voice_days": "0", "keep_document_days": "0"}
    assert owner.post(PAGE, **known).status_code == 303
    assert settings.get("keep_video_days") == "90"
    assert "The rules are on." in text_of(owner)
    assert owner.post(PAGE, **{**known, "keep_photo_days": "x"}).status_code == 422


def test_managers_look_and_agents_do_not(house: House, owner: Browser, film: int) -> None:
    boss, olga = house.hire("max", "manager"), house.hire("olga")
    assert "Save these rules" not in text_of(boss)
    assert boss.post(PAGE, keep_video_days="1").status_code == 403
    assert olga.get(PAGE).status_code == 403


def test_the_pages_token_stands_in_no_address(owner: Browser, film: int) -> None:
    """Looking is a form that is sent in the address; the token goes along with the button that saves, and only then."""
    page = owner.get(PAGE).text
    form = page.partition('<form class="form" method="get"')[2].partition("</form>")[0]
    assert '<input type="hidden"' not in form
    button = re.search(r'<button[^>]*name="csrf_token"[^>]*>', form)
    assert button is not None
    assert 'formmethod="post"' in button[0]
    token = re.search(r'value="([^"]+)"', button[0])
    assert token is not None
    known = dict.fromkeys(("keep_video_days", "keep_photo_days", "keep_voice_days", "keep_document_days"), "0")
    assert owner.client.post(PAGE, data={**known, "csrf_token": token[1]}).status_code == 303
    assert owner.client.post(PAGE, data=known).status_code == 400
