"""What staff press inside a bubble: load a file, have it sent on, keep a phone number."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

import tests.plain_channel as plain
from appliance import db
from appliance.models import Address, AgentAddress, Contact, Delivery, Event, File, Message, Rendition, Ticket
from appliance.services import blobs, fetching, sending, settings
from appliance.values import SYSTEM, SendError
from appliance.web import part_actions
from tests.integration.desk.conftest import Browser, House

FILM: dict[str, Any] = {"chat": 7, "id": 1, "file": "f1", "kind": "video", "size": 48 << 20, "file_name": "till.mp4"}
SHARED: dict[str, Any] = {"chat": 7, "id": 1, "contact": {"name": "Ivan", "phone": "+7 912 000-11-22", "own": False}}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests."""
    monkeypatch.setattr(part_actions, "PATIENCE", 0.0)


def link(browser: Browser, chat: str = "900") -> None:
    """The agent's own messenger is known."""
    with db.write() as session:
        contact = Contact(name="Petra")
        session.add(contact)
        session.flush()
        address = Address(connection_id=1, external_id=chat, contact_id=contact.id)
        session.add(address)
        session.flush()
        session.add(AgentAddress(agent_id=browser.agent_id, connection_id=1, address_id=address.id))


def file() -> File:
    with db.session() as session:
        return session.scalars(select(File).order_by(File.id.desc()).limit(1)).one()


def contact() -> Contact:
    with db.session() as session:
        return session.scalars(select(Contact).where(Contact.name == "Anna")).one()


def bubble(browser: Browser, message: int = 1) -> str:
    return browser.get(f"/messages/{message}").text


def test_a_card_explains_the_limit_and_offers_ready_words(house: House, owner: Browser) -> None:
    house.write(FILM)
    shown = bubble(owner)
    assert "Plain hands a bot files of up to 20 MB." in shown
    assert "48 MB" in shown
    assert 'data-fill="Ваше видео больше 20 МБ' in shown
    assert "Link my Plain" in shown
    link(owner)
    assert "Send to my Plain" in bubble(owner)


def test_the_small_picture_stands_in_for_the_film(house: House, owner: Browser) -> None:
    plain.OUTSIDE.files["small"] = b"picture"
    house.write({**FILM, "thumbnail": "small"})
    with db.session() as session:
        small = session.get_one(File, file().thumbnail_id)
    fetching.fetch(small.id)
    picture = blobs.put(lambda target: target.write(b"made of it"))
    with db.write() as session:
        session.add(Rendition(file_id=small.id, kind="thumbnail", mime="image/webp", sha256=picture.sha256, size=10))
    address = f"/files/{small.id}/thumbnail"
    assert f'src="{address}?v=' in bubble(owner)
    assert owner.get(address).data == b"made of it"


def test_a_film_goes_to_my_messenger_by_the_id_it_has_there(house: House, owner: Browser) -> None:
    house.write(FILM)
    link(owner)
    answer = owner.post(f"/files/{file().id}/copy")
    assert (answer.status_code, "on its way to your Plain" in answer.headers["HX-Trigger"]) == (204, True)
    with db.session() as session:
        delivery = session.scalars(select(Delivery)).one()
        message = session.get_one(Message, delivery.message_id)
    assert (message.kind, message.ticket_id, message.agent_id) == ("copy", None, owner.agent_id)
    sending.deliver(delivery.address_id)
    assert plain.OUTSIDE.sent == [("900", "From ticket No. 1001")]
    assert owner.get("/t/1001").text.count("data-message=") == 1


def test_what_was_copied_to_me_joins_no_ticket(house: House, owner: Browser) -> None:
    house.write(FILM)
    link(owner, "900")
    owner.post(f"/files/{file().id}/copy")
    house.write({"chat": 900, "id": 5, "text": "I write as a customer now"})
    with db.session() as session:
        copied = session.scalars(select(Message).where(Message.kind == "copy")).one()
        assert copied.ticket_id is None


def test_a_copy_that_failed_says_why(house: House, owner: Browser) -> None:
    house.write(FILM)
    link(owner)
    plain.OUTSIDE.failures = [SendError("refused", permanent=True)]
    answer = owner.post(f"/files/{file().id}/copy")
    assert answer.status_code == 204
    with db.session() as session:
        address_id = session.scalars(select(Delivery.address_id)).one()
    sending.deliver(address_id)
    with db.session() as session:
        assert session.scalars(select(Delivery.state)).one() == "failed"


@pytest.mark.parametrize("case", ["not_linked", "blocked", "own_file"])
def test_what_cannot_be_copied_is_said(house: House, owner: Browser, case: str) -> None:
    house.write(FILM)
    number = file().id
    if case != "not_linked":
        link(owner)
    if case == "blocked":
        with db.write() as session:
            session.query(Address).filter_by(external_id="900").one().blocked_at = file().created_at
    if case == "own_file":
        number = int((owner.upload(b"x", "a.txt", "text/plain").json or {})["id"])
    answer = owner.post(f"/files/{number}/copy")
    words = {"not_linked": "not linked yet", "blocked": "blocked the bot", "own_file": "does not hold"}
    assert (answer.status_code, answer.mimetype) == (409, "text/plain")
    assert words[case] in answer.text


def test_a_large_file_is_loaded_on_a_click(house: House, owner: Browser) -> None:
    settings.set("fetch_click_mb", "5", SYSTEM)
    house.write({**FILM, "size": 6 << 20})
    assert "Load" in bubble(owner)
    assert owner.post(f"/files/{file().id}/fetch").status_code == 204
    assert file().state == "waiting"
    assert "is being fetched" in bubble(owner)
    with db.session() as session:
        assert session.scalars(select(Event).where(Event.kind == "file_changed")).all()
    fetching.fetch(file().id)
    assert file().state == "ready"


def test_a_failed_file_is_tried_again(house: House, owner: Browser) -> None:
    house.write({**FILM, "size": 100})
    plain.OUTSIDE.failures = [SendError("file_gone", permanent=True)]
    fetching.fetch(file().id)
    assert "Try again" in bubble(owner)
    owner.post(f"/files/{file().id}/fetch")
    fetching.fetch(file().id)
    assert file().state == "ready"


def test_a_failed_preparation_is_tried_again(house: House, owner: Browser) -> None:
    house.write({**FILM, "size": 100})
    fetching.fetch(file().id)
    with db.write() as session:
        made = session.get_one(File, file().id)
        made.making, made.failure, made.making_attempts = "failed", "crashed", 3
    assert "Try again" in bubble(owner)
    owner.post(f"/files/{file().id}/fetch")
    assert (file().making, file().making_attempts) == ("quick", 0)


def test_what_is_too_large_is_loaded_once_the_server_is_our_own(house: House, owner: Browser) -> None:
    house.write(FILM)
    owner.post(f"/files/{file().id}/fetch")
    assert file().state == "too_large"
    plain.OUTSIDE.download_limit = 0
    assert "Load" in bubble(owner)
    owner.post(f"/files/{file().id}/fetch")
    assert file().state == "waiting"


def test_what_our_own_server_refuses_is_explained_and_may_be_tried_again(house: House, owner: Browser) -> None:
    plain.OUTSIDE.download_limit = 0
    house.write(FILM)
    plain.OUTSIDE.failures = [SendError("too_large", permanent=True)]
    fetching.fetch(file().id)
    shown = bubble(owner)
    for words in ("up to 20 MB", "Try again", "Ask for a shorter video", "Link my Plain"):
        assert words in shown


def test_a_colleague_of_another_team_reaches_none_of_it(house: House, owner: Browser) -> None:
    house.write(FILM, {**SHARED, "id": 2})
    olga = house.hire("olga")
    link(olga)
    with db.write() as session:
        session.get_one(Ticket, 1001).assignee_id = owner.agent_id
        session.connection().exec_driver_sql("INSERT INTO team (name) VALUES ('Accounts')")
        session.get_one(Ticket, 1001).team_id = 1
    for address in (f"/files/{file().id}/fetch", f"/files/{file().id}/copy", "/parts/2/phone"):
        assert olga.post(address).status_code == 404
    assert contact().phone == ""


def test_someone_elses_number_is_saved_only_when_asked_to(house: House, owner: Browser) -> None:
    house.write(SHARED)
    assert contact().phone == ""
    assert "Save someone else’s number to the card" in bubble(owner)
    owner.post("/parts/1/phone")
    assert (contact().phone, contact().phone_verified) == ("+7 912 000-11-22", False)
    assert "to the card" not in bubble(owner)
    with db.session() as session:
        kinds = session.scalars(select(Event.kind).where(Event.actor_kind == "agent")).all()
    assert {"contact_changed", "message_changed"} <= set(kinds)


def test_an_own_number_fills_an_empty_card_by_itself(house: House, owner: Browser) -> None:
    house.write({**SHARED, "phone": "79120001122", "contact": {"name": "Anna", "phone": "79120001122", "own": True}})
    assert (contact().phone, contact().phone_verified) == ("79120001122", True)
    assert "to the card" not in bubble(owner)


def test_an_own_number_replaces_another_only_when_asked_to(house: House, owner: Browser) -> None:
    house.write(SHARED)
    owner.post("/parts/1/phone")
    own = {"name": "Anna", "phone": "79990001122", "own": True}
    house.write({**SHARED, "id": 2, "phone": "79990001122", "contact": own})
    assert contact().phone == "+7 912 000-11-22"
    assert "Save the phone to the card" in bubble(owner, 2)
    owner.post("/parts/2/phone")
    assert (contact().phone, contact().phone_verified) == ("79990001122", True)
    assert "their own number" in owner.get("/t/1001").text


def test_a_known_number_is_not_offered_however_it_is_written(house: House, owner: Browser) -> None:
    house.write(SHARED)
    owner.post("/parts/1/phone")
    house.write({**SHARED, "id": 2, "contact": {"name": "Ivan", "phone": "79120001122", "own": False}})
    assert "to the card" not in bubble(owner, 2)
