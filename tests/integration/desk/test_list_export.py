"""A list as a CSV file: what the screen shows, for the spreadsheets of the reader's language."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from urllib.parse import quote

from appliance import db
from appliance.models import Contact, Field, Ticket, TicketField
from appliance.services import agents, audit, list_export, settings, teams
from appliance.values import SYSTEM
from appliance.web import list_export as page
from tests.integration.desk.conftest import Browser, House

FEBRUARY = "tab=done&done_from=2026-02-01&done_to=2026-02-28&sort=oldest"


def add(**facts: object) -> int:
    with db.write() as session:
        contact = Contact(name="Игорь")
        session.add(contact)
        session.flush()
        ticket = Ticket(contact_id=contact.id, **facts)
        session.add(ticket)
        session.flush()
        return ticket.id


def finish(day: int, month: int = 2, **facts: object) -> int:
    at = datetime(2026, month, day, 12, tzinfo=UTC)
    return add(stage="done", outcome="solved", done_at=at, created_at=at, last_message_at=at, **facts)


def table(browser: Browser, query: str, sign: str = ",") -> list[dict[str, str]]:
    answer = browser.get(f"/inbox/export.csv?{query}")
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=sign))


def test_the_file_holds_what_the_screen_shows_in_its_order(house: House, owner: Browser) -> None:
    for day in (20, 3, 11):
        finish(day)
    finish(3, month=3)
    add()
    shown = re.findall(r'id="row-(\d+)"', owner.get(f"/inbox?{FEBRUARY}").get_data(as_text=True))
    assert len(shown) == 3
    assert [row["Number"] for row in table(owner, FEBRUARY)] == shown
    assert f"/inbox/export.csv?{FEBRUARY.partition('&')[0]}" in owner.get("/inbox?tab=done").get_data(as_text=True)


def test_it_holds_all_of_a_list_that_has_many_pages(house: House, owner: Browser) -> None:
    count = list_export.PORTION + 30
    for number in range(count):
        finish(1 + number % 28, priority=number % 3)
    numbers = [row["Number"] for row in table(owner, "tab=done&sort=priority")]
    assert len(set(numbers)) == len(numbers) == count


def test_excel_in_russian_opens_it(house: House, owner: Browser) -> None:
    agents.change(owner.agent_id, owner.actor, language="ru")
    settings.set("time_zone", "Asia/Yekaterinburg", SYSTEM)
    ticket = finish(7, subject="Счёт; «Ромашка»")
    with db.write() as session:
        for number, kind, value in ((1, "money", "-4390.50"), (2, "date", "2026-02-09"), (3, "number", "1234567.25")):
            session.add(Field(id=number, scope="ticket", name=kind, kind=kind, position=number))
            session.flush()
            session.add(TicketField(ticket_id=ticket, field_id=number, value=value))
    answer = owner.get(f"/inbox/export.csv?{FEBRUARY}")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    # Headers are no place for Cyrillic letters; the server refuses them.
    assert quote("Решённые") in answer.headers["Content-Disposition"].encode("ascii").decode()
    (row,) = table(owner, FEBRUARY, ";")
    assert row["Тема"] == "Счёт; «Ромашка»"
    assert row["Клиент"] == "Игорь"
    assert row["Создано"] == "07.02.2026 17:00"
    assert (row["money"], row["date"], row["number"]) == ("-4390,50", "09.02.2026", "1234567,25")


def test_a_spreadsheet_runs_nothing_of_it(house: House, owner: Browser) -> None:
    finish(7, subject='=HYPERLINK("http://evil","Pay")', step="@SUM(A1)")
    (row,) = table(owner, FEBRUARY)
    assert row["Subject"].startswith("'=HYPERLINK")
    assert row["Stage"] == "'@SUM(A1)"
    assert [page.safe(text)[0] for text in ("+7", "-1", "\t=1", "\r=1")] == ["'"] * 4
    assert page.safe("7 = 7") == "7 = 7"


def test_it_holds_only_what_the_reader_may_see_and_the_journal_says_who_took_it(house: House, owner: Browser) -> None:
    anna = house.hire("anna")
    team = teams.add("Accounts", owner.actor)
    teams.change(team, owner.actor, closed=True)
    finish(7, team_id=team)
    seen = finish(8)
    assert [row["Number"] for row in table(anna, FEBRUARY)] == [str(seen)]
    (line,) = audit.find(owner.actor, agent_id=anna.agent_id).lines
    assert (line.kind, line.after["number"]) == ("tickets_exported", 1)
