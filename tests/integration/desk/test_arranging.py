"""Messages and tickets put elsewhere over the web."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Message, Ticket
from appliance.services import outbox
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_chat(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "The kettle leaks"}, {"chat": 1, "id": 2, "text": "The invoice"})


def ids() -> list[int]:
    with db.session() as session:
        return list(session.scalars(select(Message.id).where(Message.kind == "incoming").order_by(Message.id)))


def ticket(number: int) -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, number)


def split(browser: Browser) -> dict[str, str]:
    answer = browser.post("/t/1001/split", message=str(ids()[1]))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    made: dict[str, str] = json.loads(answer.get_data(as_text=True))
    return made


def test_a_split_says_the_number_and_how_to_undo_it(owner: Browser) -> None:
    made = split(owner)
    assert "No. 1002" in made["text"]
    page = owner.get("/t/1001").get_data(as_text=True)
    assert "put 1 message into the new ticket No. 1002" in page
    assert made["undo"] in page
    assert owner.post(made["undo"]).status_code == 204
    assert made["undo"] not in owner.get("/t/1001").get_data(as_text=True)
    assert owner.post(made["undo"]).status_code == 409


def test_nothing_chosen_is_said_in_words(owner: Browser) -> None:
    answer = owner.post("/t/1001/split")
    assert (answer.status_code, answer.mimetype) == (409, "text/plain")
    assert "Choose at least one message" in answer.get_data(as_text=True)


def test_the_dialog_offers_tickets_of_the_chat_to_move_to(owner: Browser) -> None:
    split(owner)
    form = owner.fragment(f"/t/1001/move?message={ids()[0]}").get_data(as_text=True)
    assert 'value="1002"' in form
    answer = owner.post("/t/1001/move", message=str(ids()[0]), into="№ 1002")
    assert json.loads(answer.get_data(as_text=True))["show"] == 1002


def test_a_merged_number_opens_the_other_with_a_line(owner: Browser) -> None:
    split(owner)
    assert "becomes part of it" in owner.fragment("/t/1002/merge").get_data(as_text=True)
    answer = owner.post("/t/1002/merge", **{"with": "1001", "remains": "1001"})
    assert json.loads(answer.get_data(as_text=True))["show"] == 1001
    opened = owner.get("/t/1002")
    assert opened.status_code == 302
    page = owner.get(opened.headers["Location"]).get_data(as_text=True)
    assert "No. 1002 is part of this ticket now." in page
    assert "Take No. 1002 out again" in page
    assert owner.get("/t/1002/remains").get_json() == {"ticket": 1001}


def test_a_link_is_made_and_taken_away(house: House, owner: Browser) -> None:
    house.write({"chat": 2, "id": 1, "text": "Somebody else"})
    answer = owner.post("/t/1001/links", number="No. 1002")
    undo = json.loads(answer.get_data(as_text=True))["undo"]
    assert "Take away the link with No. 1002" in owner.get("/t/1001/card").get_data(as_text=True)
    assert owner.post(undo).status_code == 200
    assert "Take away the link" not in owner.get("/t/1001/card").get_data(as_text=True)


def test_a_subtask_is_prefilled_with_the_message_and_finished_on_the_card(owner: Browser) -> None:
    form = owner.fragment(f"/t/1001/subtasks/new?message={ids()[1]}").get_data(as_text=True)
    assert 'value="The invoice"' in form
    owner.post(
        "/t/1001/subtasks", what="Check it", message=str(ids()[1]), assignee=str(owner.agent_id), due="2031-01-31T12:00"
    )
    card = owner.get("/t/1001/card").get_data(as_text=True)
    assert "/t/1001/subtasks/1002/done" in card
    assert ticket(1002).due_at is not None
    outbox.note(1002, owner.actor, "It is right")
    done = owner.post("/t/1001/subtasks/1002/done").get_data(as_text=True)
    assert "/t/1001/subtasks/1002/open" in done
    page = owner.get("/t/1001").get_data(as_text=True)
    assert 'data-answer-with="It is right"' in page


def test_done_asks_what_becomes_of_open_subtasks(owner: Browser) -> None:
    owner.post("/t/1001/subtasks", what="Check it")
    answer = owner.post("/t/1001/finish", outcome="solved")
    assert answer.status_code == 204
    address = json.loads(answer.headers["HX-Trigger"])["desk:question"]["address"]
    question = owner.fragment(address).get_data(as_text=True)
    assert "1 subtask is still open" in question
    assert ticket(1001).stage == "open"
    owner.post("/t/1001/finish", outcome="solved", subtasks="finish")
    assert (ticket(1001).stage, ticket(1002).stage) == ("done", "done")


def test_send_and_done_asks_the_same_before_anything_is_sent(house: House, owner: Browser) -> None:
    owner.post("/t/1001/subtasks", what="Check it")
    before = house.last_message().id
    refused = owner.post("/t/1001/messages", mode="reply", text="All is well", then="done")
    question = owner.fragment(refused.headers["X-Question"]).get_data(as_text=True)
    assert "Your reply has not been sent yet." in question
    assert 'data-send-then="done-leave"' in question
    assert (house.last_message().id, ticket(1001).stage) == (before, "open")
    owner.post("/t/1001/messages", mode="reply", text="All is well", then="done-leave")
    assert house.last_message().text == "All is well"
    assert (ticket(1001).stage, ticket(1002).stage) == ("done", "open")


@pytest.mark.parametrize("address", ["move", "merge", "subtasks/new", "links"])
def test_forms_of_tickets_that_are_not_there_are_not_there(owner: Browser, address: str) -> None:
    assert owner.fragment(f"/t/4711/{address}").status_code == 404
