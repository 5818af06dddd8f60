"""How the box is, in plain words."""

from __future__ import annotations

from datetime import timedelta

from appliance import db
from appliance.models import Connection, InboundUpdate, now
from appliance.plugins import Failure, plugins
from appliance.services import connections, outages
from appliance.values import SYSTEM
from tests.integration.conftest import Site


def text_of(site: Site) -> str:
    return " ".join(site.staff().get("/status/").text.split())


def test_a_box_without_a_connection_says_what_to_do(site: Site) -> None:
    page = text_of(site)
    assert "Nothing is connected yet." in page
    assert "[ok] Version: Appliance 0.1.0, SQLite" in page
    assert "GB are free." in page


def test_a_connection_in_trouble_is_named_with_its_reason(site: Site) -> None:
    number = connections.connect("plain", {"token": "1:secret"}, "Support", SYSTEM).id
    assert "It has not answered yet." in text_of(site)
    with db.write() as session:
        session.get_one(Connection, number).alive_at = now()
    assert "It answers; last heard at" in text_of(site)
    with db.write() as session:
        row = session.get_one(Connection, number)
        row.trouble_code, row.trouble_params = "rival", {"host": "other.example"}
    page = text_of(site)
    assert "[fail] Support: other.example reads it." in page
    assert "Something does not work." in page
    assert "1:secret" not in page


def test_messages_that_could_not_be_read_are_counted(site: Site) -> None:
    number = connections.connect("plain", {"token": "1"}, "Support", SYSTEM).id
    with db.write() as session:
        row = InboundUpdate(connection_id=number, content_hash="x", raw=b"?", state="failed")
        session.add(row)
    assert "Messages that could not be read: 1." in text_of(site)


def test_a_plugin_that_failed_is_named(site: Site) -> None:
    plugins().note("maps", "page_assets", KeyError("x"))
    plugins().broken["worse"] = Failure("worse", "load", "ImportError: <no>")
    page = text_of(site)
    assert "It failed in page_assets, 1 times in the last week: KeyError: &#39;x&#39;" in page
    assert "It does not run: ImportError: &lt;no&gt;" in page


def test_what_waits_and_what_was_missed_is_told_for_each_connection(site: Site) -> None:
    number = connections.connect("plain", {"token": "1"}, "Support", SYSTEM).id
    with db.write() as session:
        for index, state in enumerate(("new", "held", "failed")):
            session.add(InboundUpdate(connection_id=number, content_hash=str(index), raw=b"?", state=state))
        row = session.get_one(Connection, number)
        row.alive_at = now() - timedelta(hours=3)
        outages.note(session, row, now())
        row.alive_at = now()
    page = text_of(site)
    assert "Support: Messages that wait to be read: 1." in page
    assert "Support: Messages of groups that wait for your yes: 1." in page
    assert "Support: Messages that could not be read: 1. Each is shown in its chat." in page
    assert "What came meanwhile was fetched later." in page


def test_a_gap_longer_than_the_messenger_keeps_messages_says_that_some_may_be_gone(site: Site) -> None:
    number = connections.connect("plain", {"token": "1"}, "Support", SYSTEM).id
    with db.write() as session:
        row = session.get_one(Connection, number)
        row.alive_at = now() - timedelta(hours=31)
        outages.note(session, row, now())
        outages.note(session, row, row.alive_at + timedelta(minutes=2))
    page = text_of(site)
    assert page.count("Nothing was received from") == page.count("messages older than 24 hours may be gone.") > 0
