"""Finding out later who a connection is."""

from __future__ import annotations

from appliance import db
from appliance.models import Connection
from appliance.services import connections, verification
from appliance.values import SYSTEM, ConnectError
from tests.unit.services.conftest import Desk


def store_unchecked(desk: Desk, token: str, title: str = "") -> int:
    desk.outside.unwilling = ConnectError("offline", temporary=True)
    made = connections.connect("plain", {"token": token}, title, SYSTEM)
    desk.outside.unwilling = None
    return made.id


def row_of(connection_id: int) -> Connection:
    with db.session() as session:
        return session.get_one(Connection, connection_id)


def test_it_gets_its_account_and_its_name(desk: Desk) -> None:
    number = store_unchecked(desk, "new")
    assert row_of(number).title == "Plain"
    served_with = connections.fingerprint(number)
    verification.verify(number)
    assert connections.fingerprint(number) == served_with, "its service would be started anew"
    assert (row_of(number).title, row_of(number).account["external_id"]) == ("Plain account", "new")


def test_a_name_that_somebody_chose_stays(desk: Desk) -> None:
    number = store_unchecked(desk, "new", "Sales")
    verification.verify(number)
    assert row_of(number).title == "Sales"


def test_still_no_internet_changes_nothing(desk: Desk) -> None:
    number = store_unchecked(desk, "new")
    desk.outside.unwilling = ConnectError("offline", temporary=True)
    verification.verify(number)
    assert row_of(number).verified_at is None
    assert row_of(number).enabled


def test_a_second_connection_of_one_account_is_paused(desk: Desk) -> None:
    number = store_unchecked(desk, "fresh token")
    with db.write() as session:
        session.get_one(Connection, desk.connection_id).account = {"external_id": "fresh token"}
    verification.verify(number)
    assert not row_of(number).enabled
    assert row_of(number).trouble_code == "already_connected"


def test_what_is_known_or_gone_is_left_alone(desk: Desk) -> None:
    before = row_of(desk.connection_id).verified_at
    verification.verify(desk.connection_id)
    assert row_of(desk.connection_id).verified_at == before
    verification.verify(999)
