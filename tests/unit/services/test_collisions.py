"""An answer is held when a colleague has answered since it was begun."""

from __future__ import annotations

import threading

import pytest

from appliance import db
from appliance.models import Agent, Delivery, Ticket
from appliance.services import collisions, outbox, resolutions, settings, taking
from appliance.services.collisions import Collision
from appliance.services.letters import OutboxError
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk


@pytest.fixture
def anna(desk: Desk) -> Actor:
    desk.write({"chat": 1, "id": 1, "text": "help"})
    with db.write() as session:
        agent = Agent(login="anna", name="Anna", role="agent", password="-")
        session.add(agent)
        session.flush()
    return Actor("agent", agent.id, "agent", "Anna")


def last(desk: Desk) -> int:
    return desk.messages(1001)[-1].id


def replies(desk: Desk) -> list[str]:
    return [message.text for message in desk.messages(1001) if message.kind == "reply"]


def test_the_second_of_two_answers_is_held_with_the_first_ones_words(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    first = outbox.reply(1001, anna, "It is on its way", seen=seen)
    with pytest.raises(Collision) as held:
        outbox.reply(1001, desk.agent, "We will look", seen=seen)
    assert held.value.message_ids == (first,)
    (landed,) = collisions.describe(held.value, desk.agent)
    assert (landed.author, landed.text) == ("Anna", "It is on its way")
    assert replies(desk) == ["It is on its way"]


def test_who_has_read_it_may_send_all_the_same(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    first = outbox.reply(1001, anna, "One", seen=seen)
    outbox.reply(1001, desk.agent, "Two", seen=first)
    assert replies(desk) == ["One", "Two"]


def test_neither_customers_nor_notes_nor_oneself_hold_an_answer(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    desk.write({"chat": 1, "id": 2, "text": "hello?"})
    outbox.note(1001, anna, "Among us")
    outbox.reply(1001, desk.agent, "One", seen=seen)
    outbox.reply(1001, desk.agent, "Two", seen=seen)
    assert replies(desk) == ["One", "Two"]


def test_an_answer_that_was_taken_back_holds_nothing(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    first = outbox.reply(1001, anna, "Wrong chat", seen=seen, undo_seconds=60)
    with db.session() as session:
        delivery = session.query(Delivery).filter_by(message_id=first).one()
    assert resolutions.cancel(delivery.id, anna)
    outbox.reply(1001, desk.agent, "Right chat", seen=seen)
    assert "Right chat" in replies(desk)


def test_pressing_send_again_holds_again_and_stores_nothing(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    outbox.reply(1001, anna, "One", seen=seen)
    for _press in range(2):
        with pytest.raises(Collision):
            outbox.reply(1001, desk.agent, "Two", seen=seen, key="b" * 32)
    assert replies(desk) == ["One"]


def test_a_request_whose_answer_was_lost_is_the_message_it_was(desk: Desk, anna: Actor) -> None:
    seen = last(desk)
    mine = outbox.reply(1001, desk.agent, "Mine", seen=seen, key="c" * 32)
    outbox.reply(1001, anna, "Hers", seen=mine)
    assert outbox.reply(1001, desk.agent, "Mine", seen=seen, key="c" * 32) == mine
    assert replies(desk) == ["Mine", "Hers"]


def test_of_two_who_press_at_the_same_moment_one_is_held(desk: Desk, anna: Actor) -> None:
    seen, start, outcomes = last(desk), threading.Barrier(2), []

    def send(by: Actor) -> None:
        start.wait()
        try:
            outbox.reply(1001, by, by.name, seen=seen)
            outcomes.append("sent")
        except Collision:
            outcomes.append("held")

    threads = [threading.Thread(target=send, args=(by,)) for by in (desk.agent, anna)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["held", "sent"]
    assert len(replies(desk)) == 1


def test_strictly_only_the_assignee_answers(desk: Desk, anna: Actor) -> None:
    taking.take(1001, anna)
    outbox.reply(1001, desk.agent, "Standing in")
    settings.set("only_assignee", "1", SYSTEM)
    with pytest.raises(OutboxError, match="not_assignee") as refused:
        outbox.reply(1001, desk.agent, "Once more")
    assert refused.value.params == {"name": "Anna"}
    outbox.note(1001, desk.agent, "A note is fine")
    outbox.reply(1001, anna, "Mine")
    taking.release(1001, anna)
    outbox.reply(1001, desk.agent, "Mine now")
    with db.session() as session:
        assert session.get_one(Ticket, 1001).assignee_id == desk.agent.id
