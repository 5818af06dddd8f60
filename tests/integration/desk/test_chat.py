"""The whole chat of a contact over HTTP: its log from any place, its lines, its files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import File, Message, Part, Team, Ticket, now
from appliance.services import tickets
from tests.integration.desk.conftest import Browser, House


@pytest.fixture
def two(house: House, owner: Browser) -> tuple[int, int]:
    """A customer's two tickets, the first of them finished; their numbers."""
    house.write({"chat": 1, "id": 1, "text": "the first"}, {"chat": 1, "id": 2, "text": "more of it"})
    tickets.shelve(1001, "trash", False, owner.actor)
    house.write({"chat": 1, "id": 3, "text": "the second https://example.org/x"})
    tickets.restore(1001, owner.actor)
    tickets.finish(1001, "solved", owner.actor)
    return 1001, 1002


def numbers() -> list[int]:
    with db.session() as session:
        return list(session.scalars(select(Message.id).order_by(Message.id)))


def log_of(browser: Browser, ticket_id: int) -> str:
    """What stands in the log as the ticket opens."""
    return browser.fragment(f"/t/{ticket_id}").text.partition('id="log-items"')[2].partition("</ol>")[0]


def hide(ticket_id: int) -> None:
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, ticket_id).team_id = team.id


def test_a_ticket_opens_with_the_whole_chat(two: tuple[int, int], owner: Browser) -> None:
    page = log_of(owner, 1002)
    assert page.index("the first") < page.index("the second")
    assert page.index('class="boundary boundary-other" data-ticket="1001"') < page.index("the first")
    assert page.index("more of it") < page.index('class="boundary" data-ticket="1002"') < page.index("the second")
    assert "Ticket No. 1001 · solved" in page
    assert 'data-tickets="1001 1002"' in owner.get("/t/1002").text
    assert page.count("message-other") == 2


def test_another_teams_ticket_is_a_line_without_words(two: tuple[int, int], house: House) -> None:
    hide(1001)
    olga = house.hire("olga")
    page = log_of(olga, 1002)
    assert "2 messages in another team's ticket" in page
    assert "the first" not in page
    assert 'data-tickets="1002"' in olga.get("/t/1002").text


def test_the_log_opens_at_a_message_a_day_or_its_end(two: tuple[int, int], house: House, owner: Browser) -> None:
    first, *_, last = numbers()
    at = owner.fragment(f"/t/1002/log?at={first}")
    assert (at.headers["X-Message"], "the first" in at.text) == (str(first), True)
    today = owner.fragment(f"/t/1001/log?day={(now() - timedelta(days=2)).date()}")
    assert today.headers["X-Message"] == str(first)
    end = owner.fragment("/t/1001/log")
    assert "X-Message" not in end.headers
    assert f'id="m{last}"' in end.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("at=99999", 404), ("at=x", 404), ("day=yesterday", 400), ("day=0001-01-01", 200), ("day=9999-12-31", 200)],
)
def test_a_place_that_is_not_there_is_refused(two: tuple[int, int], owner: Browser, query: str, status: int) -> None:
    assert owner.fragment(f"/t/1001/log?{query}").status_code == status


def test_pages_go_on_both_ways(house: House, owner: Browser) -> None:
    house.write(*({"chat": 1, "id": number, "text": f"m{number}."} for number in range(1, 201)))
    ids = numbers()
    middle = owner.fragment(f"/t/1001/log?at={ids[100]}").text
    assert f"/t/1001/older?before={ids[75]}" in middle
    assert f"/t/1001/later?after={ids[149]}" in middle
    below = owner.fragment(f"/t/1001/later?after={ids[149]}").text
    assert [word in below for word in ("m151.", "m150.", "load-later", "load-older")] == [True, False, False, False]
    above = owner.fragment(f"/t/1001/older?before={ids[75]}").text
    assert [word in above for word in ("m75.", "m76.", "load-older", "load-later")] == [True, False, True, False]


def test_a_bubble_and_a_line_know_what_is_open(two: tuple[int, int], house: House, owner: Browser) -> None:
    first = numbers()[0]
    assert "message-other" in owner.fragment(f"/messages/{first}?within=1002").text
    assert "message-other" not in owner.fragment(f"/messages/{first}?within=1001").text
    assert "boundary-other" in owner.fragment("/t/1001/boundary?within=1002").text
    assert "boundary-other" not in owner.fragment("/t/1001/boundary?within=1001").text


def test_a_subtask_names_the_ticket_it_belongs_to(house: House, owner: Browser) -> None:
    house.write({"chat": 1, "id": 1, "text": "the matter"})
    with db.write() as session:
        parent = session.get_one(Ticket, 1001)
        session.add(Ticket(contact_id=parent.contact_id, connection_id=parent.connection_id, parent_id=1001))
    log = log_of(owner, 1002)
    assert "Subtask of ticket No. 1001" in log
    assert "data-message" not in log


def test_files_and_links_of_the_chat_have_a_page(two: tuple[int, int], house: House, owner: Browser) -> None:
    first, *_, last = numbers()
    with db.write() as session:
        for position, (kind, name) in enumerate((("photo", ""), ("document", "bill.pdf"), ("voice", "")), 7):
            file = File(kind=kind, name=name, state="waiting")
            session.add(file)
            session.flush()
            session.add(Part(message_id=first, position=position, kind=kind, file_id=file.id))
    assert f'href="/t/1002#m{first}"' in owner.get("/t/1002/files").text
    assert "bill.pdf" in owner.get("/t/1002/files?kind=documents").text
    assert f'href="/t/1002#m{first}"' in owner.get("/t/1002/files?kind=voices").text
    links = owner.get("/t/1002/files?kind=links").text
    assert 'href="https://example.org/x"' in links
    assert f'href="/t/1002#m{last}"' in links
    assert owner.get("/t/1002/files/more?kind=media&before=1").status_code == 200
    assert owner.get("/t/9999/files").status_code == 404
