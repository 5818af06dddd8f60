"""What fills the disk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from appliance import db
from appliance.models import File, Message, Part, Team, Ticket, now
from appliance.services import disk_use
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk
from tests.unit.services.filed import file_in, sent_by


@pytest.fixture(autouse=True)
def fresh() -> None:
    disk_use.forget()


def test_it_counts_by_kind_the_same_bytes_once(desk: Desk, tmp_path: Path) -> None:
    message = sent_by(desk)
    for content, kind in ((b"film", "video"), (b"film", "video"), (b"hm", "voice"), (b"sheet", "document")):
        file_in(message, content, kind=kind)
    found = disk_use.measure(tmp_path, SYSTEM)
    assert {part.group: (part.count, part.size) for part in found.kinds} == {
        "video": (1, 4),
        "voice": (1, 2),
        "document": (1, 5),
        "rendition": (3, 12 + 10 + 13),
    }
    assert found.files == 46
    assert found.database > 0
    assert found.total > found.free > 0


def test_it_counts_by_contact_originals_and_what_was_made(desk: Desk, tmp_path: Path) -> None:
    file_in(sent_by(desk, 1), b"1")
    file_in(sent_by(desk, 2), b"22222")
    found = disk_use.measure(tmp_path, SYSTEM).contacts
    assert [(who.name, who.count, who.size) for who in found] == [("Person 2", 1, 18), ("Person 1", 1, 10)]
    assert found[0].ticket_id == 1002


def test_it_counts_by_month_newest_first(desk: Desk, tmp_path: Path) -> None:
    message = sent_by(desk)
    for days in (0, 40, 80):
        file_in(message, b"%d" % days, days=days, shown="")
    found = disk_use.measure(tmp_path, SYSTEM).months
    assert sum(month.count for month in found) == 3
    assert [month.month for month in found] == sorted((month.month for month in found), reverse=True)
    assert found[0].month <= now() < found[0].month + timedelta(days=31)


def test_what_was_let_go_takes_no_room(desk: Desk, tmp_path: Path) -> None:
    number = file_in(sent_by(desk), b"film", shown="")
    with db.write() as session:
        file = session.get_one(File, number)
        file.sha256, file.dropped_at = "", now()
    found = disk_use.measure(tmp_path, SYSTEM)
    assert (found.files, found.contacts, found.months) == (0, (), ())


def test_contacts_are_those_of_tickets_the_reader_may_see(desk: Desk, tmp_path: Path) -> None:
    file_in(sent_by(desk), b"1")
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    assert disk_use.measure(tmp_path, desk.agent).contacts == ()


def test_it_is_remembered_for_a_minute(desk: Desk, tmp_path: Path) -> None:
    message = sent_by(desk)
    before = disk_use.measure(tmp_path, SYSTEM)
    file_in(message, b"1")
    assert disk_use.measure(tmp_path, SYSTEM) is before
    disk_use.forget()
    assert disk_use.measure(tmp_path, SYSTEM).files == 10


def test_it_takes_no_statement_for_each_of_many_files(desk: Desk, tmp_path: Path) -> None:
    message = sent_by(desk)
    rows = [{"kind": "photo", "state": "ready", "sha256": f"{n:064x}", "size": n} for n in range(1, 2001)]
    with db.write() as session:
        session.execute(insert(File), rows)
        session.execute(
            insert(Part),
            [{"message_id": message, "kind": "photo", "position": n, "file_id": n} for n in range(1, 2001)],
        )
        assert session.get_one(Message, message)
    found = disk_use.measure(tmp_path, SYSTEM)
    assert (found.kinds[0].count, found.contacts[0].size) == (2000, 2001 * 1000)
