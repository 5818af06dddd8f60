"""What the buttons of a ticket do."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Delivery, Ticket
from appliance.services import outbox
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})


def ticket() -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, 1001)


def test_take_assign_and_give_back(house: House, owner: Browser) -> None:
    olga = house.hire("olga")
    assert "You" in owner.post("/t/1001/take").get_data(as_text=True)
    assert ticket().assignee_id == owner.agent_id
    owner.post("/t/1001/assign", agent=str(olga.agent_id))
    assert ticket().assignee_id == olga.agent_id
    owner.post("/t/1001/assign", agent="nobody")
    assert ticket().assignee_id is None


def test_what_a_colleague_has_taken_cannot_be_taken(house: House, owner: Browser) -> None:
    house.hire("olga").post("/t/1001/take")
    answer = owner.post("/t/1001/take")
    assert answer.status_code == 409
    assert answer.mimetype == "text/plain"
    assert "Olga" in answer.get_data(as_text=True)


def test_done_offers_to_undo_it(house: House, owner: Browser) -> None:
    answer = owner.post("/t/1001/finish", outcome="rejected")
    assert (ticket().stage, ticket().outcome) == ("done", "rejected")
    news = json.loads(answer.headers["HX-Trigger"])
    assert news["desk:acted"] == {"ticket": 1001}
    owner.post(news["desk:toast"]["undo"])
    assert ticket().stage == "open"


def test_snooze_until_tomorrow(house: House, owner: Browser) -> None:
    assert owner.post("/t/1001/snooze", until="tomorrow").status_code == 200
    assert ticket().stage == "snoozed"
    assert owner.post("/t/1001/snooze", until="never").status_code == 409


@pytest.mark.parametrize("quiet", ["0", "1"])
def test_the_trash_asks_whom_it_silences(house: House, owner: Browser, quiet: str) -> None:
    owner.post("/t/1001/shelve", shelf="trash", quiet=quiet)
    assert (ticket().shelf, ticket().quiet) == ("trash", quiet == "1")
    owner.post("/t/1001/restore")
    assert (ticket().shelf, ticket().quiet) == ("none", False)


def test_a_new_subject_is_cut_to_what_fits(house: House, owner: Browser) -> None:
    owner.post("/t/1001/rename", subject="  The   till " + "x" * 300)
    assert ticket().subject.startswith("The till x")
    assert len(ticket().subject) == 200


def test_a_delivery_can_be_taken_back_before_it_leaves(house: House, owner: Browser) -> None:
    outbox.reply(1001, owner.actor, "wrong", undo_seconds=5)
    with db.session() as session:
        delivery = session.scalars(select(Delivery)).one()
    assert owner.post(f"/deliveries/{delivery.id}/cancel").status_code == 204
    assert owner.post(f"/deliveries/{delivery.id}/cancel").status_code == 409


def test_what_is_not_there_is_refused_in_words(house: House, owner: Browser) -> None:
    for address in ("/t/9999/take", "/t/9999/finish", "/deliveries/9999/retry"):
        answer = owner.post(address)
        assert answer.status_code == 404
        assert answer.get_data(as_text=True) == "This is no longer there."


def test_nothing_is_done_without_the_pages_token(house: House, owner: Browser) -> None:
    answer = owner.client.post("/t/1001/take", headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert ticket().assignee_id is None
