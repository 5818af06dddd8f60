"""The page of files that are being prepared."""

from __future__ import annotations

import pytest

from appliance import db, hookimpl
from appliance.models import File, now
from appliance.plugins import plugins
from appliance.services import instance, room
from tests.integration.desk.conftest import Browser, House

PAGE = "/status/files"


class Words:
    """A plugin that knows one reason."""

    @hookimpl
    def explain_failure(self, code: str) -> str | None:
        return "The film is too long." if code == "too_long" else None


@pytest.fixture
def film(house: House) -> int:
    plugins().manager.register(Words(), "words")
    house.write({"chat": 1, "id": 1, "text": "look", "file": "f1", "kind": "photo", "file_name": "<hall>.mov"})
    change(1, state="ready", sha256="0" * 64, size=5 << 20, wanted_at=now())
    return 1


def change(number: int, **facts: object) -> None:
    with db.write() as session:
        row = session.get_one(File, number)
        for name, value in facts.items():
            setattr(row, name, value)


def text_of(browser: Browser) -> str:
    return " ".join(browser.get(PAGE).text.split())


def test_with_nothing_to_do_it_says_so(owner: Browser) -> None:
    assert "Everything is prepared." in text_of(owner)
    assert f'href="{PAGE}"' in owner.get("/status/").text


def test_it_shows_what_is_in_work_with_its_progress(owner: Browser, film: int) -> None:
    change(film, making="slow", lease_owner=instance.me(), progress=42)
    page = text_of(owner)
    assert "In work: 1. Waiting: 0. Failed: 0." in page
    assert 'max="100" value="42"' in page
    assert "&lt;hall&gt;.mov" in page
    assert 'href="/t/1001"' in page
    assert "5.0 MB" in page or "5 MB" in page


@pytest.mark.parametrize(("lane", "title"), [("quick", "Next: voices"), ("slow", "Next: films")])
def test_it_shows_what_waits_by_lane(owner: Browser, film: int, lane: str, title: str) -> None:
    change(film, making=lane, failure=room.CODE)
    page = text_of(owner)
    assert "In work: 0. Waiting: 1. Failed: 0." in page
    assert title in page
    assert "It waits for room on the disk." in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("too_long", "The film is too long."),
        ("crashed", "Preparing it stopped the box&#39;s worker several times"),
        ("nobody knows", "It could not be prepared."),
    ],
)
def test_it_says_why_a_file_failed(owner: Browser, film: int, code: str, words: str) -> None:
    change(film, making="failed", failure=code)
    assert words in text_of(owner)


def test_a_failed_file_is_tried_again(owner: Browser, film: int) -> None:
    change(film, making="failed", failure="too_long")
    lists = owner.post(f"{PAGE}/{film}/again").text
    assert "Waiting: 1. Failed: 0." in lists
    assert "<html" not in lists


def test_a_file_that_could_not_be_fetched_says_why_and_is_tried_again(owner: Browser, film: int) -> None:
    change(film, state="failed", sha256="", error_code="offline")
    assert "No internet." in text_of(owner)
    owner.post(f"{PAGE}/{film}/again")
    with db.session() as session:
        assert session.get_one(File, film).state == "waiting"


def test_all_are_tried_again_at_once(house: House, owner: Browser, film: int) -> None:
    house.write({"chat": 2, "id": 2, "text": "too", "file": "f1", "kind": "photo"})
    change(film, making="failed", failure="too_long")
    change(2, state="failed")
    assert "Try all 2 files again" in text_of(owner)
    assert "Waiting: 1. Failed: 0." in owner.post(f"{PAGE}/again").text
    with db.session() as session:
        assert session.get_one(File, 2).state == "waiting"


def test_the_lists_alone_are_what_a_page_that_looks_again_gets(owner: Browser, film: int) -> None:
    assert owner.fragment(PAGE).text.lstrip().startswith("<div")


def test_it_is_for_owners_and_managers(house: House, owner: Browser, film: int) -> None:
    olga, boss = house.hire("olga"), house.hire("max", "manager")
    assert olga.get(PAGE).status_code == 403
    assert olga.post(f"{PAGE}/again").status_code == 403
    assert boss.get(PAGE).status_code == 200
    assert boss.post(f"{PAGE}/999/again").status_code == 404


def test_another_persons_unsent_upload_is_not_shown(house: House, owner: Browser) -> None:
    boss = house.hire("max", "manager")
    with db.write() as session:
        file = File(kind="photo", name="secret.jpg", state="ready", making="failed", uploaded_by=owner.agent_id)
        session.add(file)
    assert "secret.jpg" not in text_of(boss)
    assert "secret.jpg" in text_of(owner)
    boss.post(f"{PAGE}/again")
    with db.session() as session:
        assert session.query(File).one().making == "failed"
