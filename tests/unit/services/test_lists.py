"""Which rows a tab holds, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import event

from appliance import db
from appliance.models import Draft, Team, Ticket, now
from appliance.services import lists, outbox, reading, sorts, taking, tickets
from appliance.services.filters import Filters
from appliance.values import Actor
from tests.unit.services.conftest import Desk


def numbers(desk: Desk, tab: str, after: str = "") -> list[int]:
    return [row.id for row in lists.find(desk.agent, Filters(tab), after=after).rows]


def test_the_longest_waiting_customer_stands_first(desk: Desk) -> None:
    start = now().timestamp()
    for place, ago in enumerate((60, 600, 300)):
        desk.write({"chat": place + 1, "id": 1, "text": "help", "at": start - ago})
    assert numbers(desk, "waiting") == [1002, 1003, 1001]


def test_the_other_tabs_show_the_latest_word_first(desk: Desk) -> None:
    start = now().timestamp()
    for place, ago in enumerate((60, 600, 300)):
        desk.write({"chat": place + 1, "id": 1, "text": "help", "at": start - ago})
    assert numbers(desk, "all") == [1001, 1003, 1002]


def test_an_answered_ticket_leaves_those_that_wait_for_us(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"}, {"chat": 2, "id": 1, "text": "b"})
    outbox.reply(1001, desk.agent, "Answer")
    assert numbers(desk, "waiting") == [1002]
    assert numbers(desk, "mine") == [1001]
    assert numbers(desk, "unclaimed") == [1002]


def test_every_shelf_and_stage_has_its_list(desk: Desk) -> None:
    for chat in range(1, 5):
        desk.write({"chat": chat, "id": 1, "text": "a"})
    tickets.finish(1001, "solved", desk.agent)
    tickets.snooze(1002, now() + timedelta(hours=1), desk.agent)
    tickets.shelve(1003, "spam", True, desk.agent)
    tickets.shelve(1004, "trash", False, desk.agent)
    found = {tab: numbers(desk, tab) for tab in ("done", "snoozed", "spam", "trash", "waiting")}
    assert found == {"done": [1001], "snoozed": [1002], "spam": [1003], "trash": [1004], "waiting": []}


def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk) -> None:
    # All at the same moment: then only the number tells them apart.
    moment = now().timestamp()
    for chat in range(1, 8):
        desk.write({"chat": chat, "id": 1, "text": "a", "at": moment})
    seen: list[int] = []
    after = ""
    while True:
        page = lists.find(desk.agent, Filters("waiting"), after=after, limit=3)
        seen += [row.id for row in page.rows]
        after = page.more
        if not after:
            break
    assert seen == list(range(1001, 1008))


def test_an_odd_mark_means_the_beginning(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    for mark in ("x", "-", "9-", "1e9-2", "99999999999999999999-1"):
        assert numbers(desk, "waiting", mark) == [1001]


def test_a_row_shows_who_wrote_what(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "The  till\ndoes not print", "name": "Igor"})
    (row,) = lists.find(desk.agent, Filters("waiting")).rows
    assert (row.contact_name, row.preview.kind, row.preview.text) == ("Igor", "incoming", "The till does not print")
    assert row.new
    assert row.unread == 1


def test_a_row_names_what_is_not_text(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "the box", "file": "f1", "kind": "photo"})
    (row,) = lists.find(desk.agent, Filters("waiting")).rows
    assert (row.preview.part_kind, row.preview.text) == ("photo", "the box")


def test_my_draft_stands_before_everything_else_but_only_mine(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    with db.write() as session:
        session.add(Draft(ticket_id=1001, agent_id=desk.agent.id, mode="reply", text="Half an answer"))
    assert lists.find(desk.agent, Filters("all")).rows[0].preview.kind == "draft"
    owner = Actor("agent", 77, "owner")
    assert lists.find(owner, Filters("all")).rows[0].preview.kind == "incoming"


def test_counters_count_what_concerns_the_agent(desk: Desk) -> None:
    for chat in range(1, 5):
        desk.write({"chat": chat, "id": 1, "text": "a"})
    taking.take(1001, desk.agent)
    tickets.snooze(1004, now() + timedelta(hours=1), desk.agent)
    reading.mark_read(1002, desk.messages(1002)[-1].id, desk.agent)
    counted = lists.counts(desk.agent)
    assert counted == lists.Counts(waiting=3, mine=1, unclaimed=2, snoozed=1, unread=2)


def test_a_colleagues_ticket_is_not_among_my_unread_ones(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    taking.take(1001, desk.agent)
    assert lists.counts(Actor("agent", 77, "owner")).unread == 0


def test_another_teams_tickets_are_in_no_list_and_no_counter(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    assert [numbers(desk, tab) for tab in lists.TABS] == [[]] * len(lists.TABS)
    assert lists.counts(desk.agent) == lists.Counts()
    assert lists.find_row(desk.agent, 1001, Filters("waiting")) == (None, False)


def test_a_row_says_whether_it_still_belongs_to_its_tab(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    row, inside = lists.find_row(desk.agent, 1001, Filters("waiting"))
    assert row is not None
    assert inside
    outbox.reply(1001, desk.agent, "Answer")
    row, inside = lists.find_row(desk.agent, 1001, Filters("waiting"))
    assert row is not None
    assert not inside


def test_places_sort_as_the_list_does(desk: Desk) -> None:
    start = now().timestamp()
    for place, ago in enumerate((60, 600, 300)):
        desk.write({"chat": place + 1, "id": 1, "text": "help", "at": start - ago})
    for tab in ("waiting", "all"):
        rows = lists.find(desk.agent, Filters(tab)).rows
        places = [sorts.place_of(row, lists.order_of(tab, "")) for row in rows]
        assert places == sorted(places)


def test_a_list_costs_the_same_queries_however_long_it_is(desk: Desk) -> None:
    desk.write({"chat": 1, "id": 1, "text": "a"})
    short = count_statements(lambda: lists.find(desk.agent, Filters("all")))
    for chat in range(2, 12):
        desk.write({"chat": chat, "id": 1, "text": "a"})
    assert count_statements(lambda: lists.find(desk.agent, Filters("all"))) == short


def count_statements(look: Callable[[], object]) -> int:
    seen: list[object] = []

    def note(*_arguments: object) -> None:
        seen.append(1)

    event.listen(db.engine(), "before_cursor_execute", note)
    look()
    event.remove(db.engine(), "before_cursor_execute", note)
    return len(seen)
