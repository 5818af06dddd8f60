"""Editing and deleting from the desk: the words as typed, and refusals in words."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

import tests.plain_channel as plain
from appliance import db
from appliance.models import Delivery
from appliance.services import sending
from appliance.values import SendError
from tests.integration.desk.conftest import Browser, House


@pytest.fixture
def sent(house: House, owner: Browser) -> int:
    plain.OUTSIDE.can = {"edit": True, "delete": True, "delete_hours": 48, "formatting": True}
    house.write({"chat": 1, "id": 1, "text": "help"})
    owner.post("/t/1001/messages", mode="reply", text="Come at **nine**")
    deliver()
    return house.last_message().id


def deliver() -> None:
    with db.write() as session:
        session.execute(update(Delivery).values(not_before=None, next_try_at=None))
    sending.deliver(1)


def bubble(browser: Browser, message_id: int) -> str:
    return browser.fragment(f"/messages/{message_id}").get_data(as_text=True)


def test_the_source_is_what_was_typed(owner: Browser, sent: int) -> None:
    assert owner.get(f"/m/{sent}/source").json == {"text": "Come at **nine**"}


def test_an_edit_is_taken_and_shows_in_the_bubble(owner: Browser, sent: int) -> None:
    assert owner.post(f"/m/{sent}/edit", text="Come at\r\nten").status_code == 204
    deliver()
    assert plain.OUTSIDE.changed == [("edit", "9001", "Come at\nten")]
    assert "ten" in bubble(owner, sent)


def test_a_delete_is_taken(owner: Browser, sent: int) -> None:
    assert owner.post(f"/m/{sent}/delete").status_code == 204
    deliver()
    assert plain.OUTSIDE.changed == [("delete", "9001", "")]
    again = owner.post(f"/m/{sent}/delete")
    assert (again.status_code, again.get_data(as_text=True)) == (409, "It has been taken away already.")


def test_an_edit_that_failed_is_told_in_the_bubble_with_a_way_out(owner: Browser, sent: int) -> None:
    owner.post(f"/m/{sent}/edit", text="ten")
    plain.OUTSIDE.failures = [SendError("refused", permanent=True)]
    deliver()
    page = bubble(owner, sent)
    assert "The customer still sees the earlier words. Refused." in page
    with db.session() as session:
        failed = session.scalars(select(Delivery.id).where(Delivery.purpose == "edit")).one()
    assert f"/deliveries/{failed}/retry" in page
    assert owner.post(f"/deliveries/{failed}/retry").status_code == 204
    deliver()
    assert "earlier words" not in bubble(owner, sent)


def test_a_colleague_may_not(house: House, owner: Browser, sent: int) -> None:
    answer = house.hire("olga").post(f"/m/{sent}/edit", text="x")
    assert answer.status_code == 409
    assert answer.get_data(as_text=True) == "Only who wrote it, a manager or an owner can do that."


def test_what_is_not_there_is_not_found(owner: Browser, sent: int) -> None:
    assert owner.get("/m/4711/source").status_code == 404
    assert owner.post("/m/4711/edit", text="x").status_code == 404
    assert owner.post("/m/4711/delete").status_code == 404


def test_the_channels_own_reason_is_said_in_its_words(owner: Browser, sent: int) -> None:
    answer = owner.post(f"/m/{sent}/edit", text="one|two")
    assert (answer.status_code, answer.get_data(as_text=True)) == (409, "It was sent in 1 pieces.")
