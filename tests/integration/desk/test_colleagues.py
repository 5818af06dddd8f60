"""Colleagues at the same desk: who is where, whose ticket it is, and two answers at once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from appliance import db
from appliance.models import Message, Team, TeamMember, Ticket
from appliance.services import presence, settings, teams
from appliance.values import SYSTEM
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})


@pytest.fixture
def anna(house: House) -> Browser:
    return house.hire("anna")


def ticket() -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, 1001)


def make_team(*members: Browser, closed: bool = True) -> int:
    with db.write() as session:
        team = Team(name="Repairs", closed=closed)
        session.add(team)
        session.flush()
        session.add_all(TeamMember(team_id=team.id, agent_id=one.agent_id) for one in members)
        return team.id


def news_of(answer: TestResponse) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = json.loads(answer.headers["HX-Trigger"])
    return made


def test_a_beat_answers_with_what_the_others_do(house: House, owner: Browser, anna: Browser) -> None:
    assert "Anna" not in anna.post("/t/1001/presence", doing="reply").get_data(as_text=True)
    shown = owner.post("/t/1001/presence", doing="viewing").get_data(as_text=True)
    assert "Anna is writing an answer…" in shown
    again = re.search(r'data-again="([\d.]+)"', shown)
    assert again is not None
    assert 0 < float(again[1]) <= 6
    assert "Petra is looking" in anna.get("/t/1001/presence").get_data(as_text=True)
    assert anna.post("/t/1001/presence", doing="gone").status_code == 204
    assert "Anna" not in owner.get("/t/1001/presence").get_data(as_text=True)


def test_an_opened_ticket_says_at_once_who_is_there(house: House, owner: Browser, anna: Browser) -> None:
    anna.post("/t/1001/presence", doing="note")
    assert "Anna is writing a note…" in owner.get("/t/1001").get_data(as_text=True)
    anna.post("/t/1001/presence", doing="note")
    assert "Anna is writing…" in owner.get("/inbox").get_data(as_text=True)


def test_nobody_is_present_in_what_they_may_not_see(house: House, owner: Browser, anna: Browser) -> None:
    owner.post("/t/1001/offer", team=str(make_team()))
    assert anna.post("/t/1001/presence", doing="viewing").status_code == 404
    assert anna.get("/t/1001/presence").status_code == 404


def test_polling_tells_where_somebody_is_and_no_more(house: House, owner: Browser, anna: Browser) -> None:
    anna.post("/t/1001/presence", doing="reply")
    told = owner.get("/live/since?after=0").json
    assert told is not None
    ((ticket_id, agent_id, since),) = told["presence"]
    assert (ticket_id, agent_id) == (1001, anna.agent_id)
    assert isinstance(since, int)


def test_a_stream_tells_where_somebody_came(house: House, owner: Browser, anna: Browser) -> None:
    stream = owner.client.get("/live")
    presence.beat(1001, "reply", anna.actor)
    told = ""
    for chunk in stream.response:
        told = chunk.decode() if isinstance(chunk, bytes) else chunk
        if told.startswith("event: presence"):
            break
    stream.close()
    assert told == f"event: presence\ndata: [[1001,{anna.agent_id}]]\n\n"


def test_staff_say_that_they_are_away_and_colleagues_see_it(house: House, owner: Browser, anna: Browser) -> None:
    shown = anna.post("/me/attendance", away="1").get_data(as_text=True)
    assert 'id="own-menu"' in shown
    assert re.search(r"Anna.*?attendance-away.*?away", owner.get("/t/1001/assignees").get_data(as_text=True), re.DOTALL)
    anna.post("/me/attendance", away="0")
    assert "attendance-away" not in owner.get("/t/1001/assignees").get_data(as_text=True)


def test_it_is_handed_over_with_a_note_and_back(house: House, owner: Browser, anna: Browser) -> None:
    form = owner.get("/t/1001/handover").get_data(as_text=True)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', form)
    assert key is not None
    fields = {"to": f"agent:{anna.agent_id}", "text": "Please call her", "key": key[1]}
    owner.post("/t/1001/handover", **fields)
    answer = owner.post("/t/1001/handover", **fields)
    assert ticket().assignee_id == anna.agent_id
    assert house.last_message().text == "Please call her"
    assert anna.fragment("/t/1001").get_data(as_text=True).count("Please call her") == 1
    assert "desk:toast" not in news_of(answer)


@pytest.mark.parametrize("to", ["", "agent:", "agent:x", "agent:999", "team:999", "offer:7", f"agent:{'9' * 30}"])
def test_to_nobody_nothing_is_handed(house: House, owner: Browser, to: str) -> None:
    assert owner.post("/t/1001/handover", to=to, text="For you").status_code == 409
    assert house.last_message().kind == "incoming"


def test_an_offer_says_whom_it_was_made_to_and_can_be_undone(house: House, owner: Browser, anna: Browser) -> None:
    answer = owner.post("/t/1001/offer", team=str(make_team(anna)))
    assert "offered: Repairs" in answer.get_data(as_text=True)
    assert "offered: Repairs" in anna.get("/inbox?tab=all").get_data(as_text=True)
    owner.post(news_of(answer)["desk:toast"]["undo"])
    assert (ticket().team_id, ticket().offered_at) == (None, None)


def test_who_gives_it_to_a_closed_team_may_undo_that(house: House, owner: Browser, anna: Browser) -> None:
    team = make_team()
    answer = anna.post("/t/1001/handover", to=f"team:{team}", text="")
    assert answer.headers["HX-Retarget"] == "#workplace"
    news = news_of(answer)
    assert news["desk:gone"] == {"ticket": 1001}
    assert anna.get("/t/1001").status_code == 404
    anna.post(news["desk:toast"]["undo"])
    assert ticket().team_id is None


def test_the_first_reply_takes_it_and_offers_to_undo_that(house: House, owner: Browser) -> None:
    taken = owner.post("/t/1001/messages", mode="reply", text="Hello").headers["X-Taken"]
    assert ticket().assignee_id == owner.agent_id
    assert "X-Taken" not in owner.post("/t/1001/messages", mode="reply", text="Hello again").headers
    owner.post(taken)
    assert ticket().assignee_id is None


def test_the_second_answer_is_held_with_the_first_ones_words(house: House, owner: Browser, anna: Browser) -> None:
    seen = str(house.last_message().id)
    anna.post("/t/1001/messages", mode="reply", text="It is <b>here</b>", last_seen=seen)
    hers = house.last_message()
    held = owner.post("/t/1001/messages", mode="reply", text="We will look", last_seen=seen)
    assert (held.status_code, held.headers["X-Held"]) == (409, str(hers.id))
    shown = held.get_data(as_text=True)
    assert "Anna has answered meanwhile" in shown
    assert "It is &lt;b&gt;here&lt;/b&gt;" in shown
    assert house.last_message().id == hers.id
    assert owner.post("/t/1001/messages", mode="reply", text="We will look", last_seen=str(hers.id)).status_code == 200


def test_a_note_is_never_held(house: House, owner: Browser, anna: Browser) -> None:
    seen = str(house.last_message().id)
    anna.post("/t/1001/messages", mode="reply", text="Done", last_seen=seen)
    assert owner.post("/t/1001/messages", mode="note", text="Thanks", last_seen=seen).status_code == 200


def test_strictly_a_colleague_is_told_whose_it_is(house: House, owner: Browser, anna: Browser) -> None:
    anna.post("/t/1001/take")
    settings.set("only_assignee", "1", SYSTEM)
    answer = owner.post("/t/1001/messages", mode="reply", text="Me too")
    assert answer.status_code == 409
    assert "Only Anna answers here." in answer.get_data(as_text=True)
    with db.session() as session:
        assert session.query(Message).filter_by(kind="reply").count() == 0


def test_a_team_that_shares_out_is_named_in_the_form(house: House, owner: Browser) -> None:
    team = make_team()
    teams.change(team, owner.actor, sharing="round_robin")
    form = owner.get("/t/1001/handover").get_data(as_text=True)
    assert f'value="team:{team}"' in form
    assert f'value="offer:{team}"' in form
