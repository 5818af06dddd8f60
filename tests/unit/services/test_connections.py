"""Connecting accounts of a channel, with the plain one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Connection, Event, TicketTemplate
from appliance.plugins import plugins
from appliance.services import connection_list, connections, secrets
from appliance.services.channels import channels
from appliance.services.connecting import ConnectProblem
from appliance.values import SYSTEM, ConnectError
from tests.unit.services.conftest import Desk


def connect(token: str = "new", **form: str) -> connections.Connected:
    return connections.connect("plain", {"token": token, **form}, "", SYSTEM)


def problem_of(token: str = "new", channel: str = "plain") -> ConnectProblem:
    with pytest.raises(ConnectProblem) as error:
        connections.connect(channel, {"token": token}, "", SYSTEM)
    return error.value


def count() -> int:
    with db.session() as session:
        return len(list(session.scalars(select(Connection.id))))


def test_it_stores_the_account_and_hides_the_secrets(desk: Desk) -> None:
    made = connect("new", proxy="socks5://a:b@c:1", server="http://here")
    with db.session() as session:
        row = session.get_one(Connection, made.id)
        assert (row.title, row.settings, row.verified_at is not None) == (
            "Plain account",
            {"server": "http://here"},
            True,
        )
        assert "new" not in row.secrets
        assert session.get(TicketTemplate, row.template_id) is not None
        told = [str(event.after) for event in session.scalars(select(Event).where(Event.kind == "connection_changed"))]
    assert not any("socks5" in line for line in told)
    known = connections.info(made.id)
    assert known.settings == {"token": "new", "proxy": "socks5://a:b@c:1", "server": "http://here"}
    assert known.account is not None
    assert known.account.external_id == "new"


def test_a_missing_field_is_named(desk: Desk) -> None:
    problem = problem_of("  ")
    assert (problem.code, problem.explain("en").text) == ("field_missing", "“Token” must be filled in.")


def test_a_channel_nobody_brought_cannot_be_connected(desk: Desk) -> None:
    assert problem_of(channel="pigeon").code == "unknown_channel"


def test_refused_settings_are_not_stored(desk: Desk) -> None:
    desk.outside.unwilling = ConnectError("refused")
    problem = problem_of()
    assert problem.explain("en").text == "Refused."
    assert count() == 1


def test_settings_that_cannot_be_checked_now_are_stored_and_said_so(desk: Desk) -> None:
    desk.outside.unwilling = ConnectError("offline", temporary=True)
    made = connect()
    assert made.unverified
    assert made.account is None
    view = connection_list.find(made.id)
    assert view is not None
    assert (view.health, view.trouble, view.account) == ("trouble", "offline", None)
    desk.outside.unwilling = None
    assert not connections.verify(made.id, SYSTEM).unverified
    view = connection_list.find(made.id)
    assert view is not None
    assert view.account is not None
    assert view.health == "waiting"


def test_the_same_account_twice_is_refused(desk: Desk) -> None:
    problem = problem_of("t")
    assert (problem.code, problem.params) == ("already_connected", {"account": "Support"})


def test_the_same_token_twice_is_refused_while_nobody_can_check_it(desk: Desk) -> None:
    desk.outside.unwilling = ConnectError("offline", temporary=True)
    assert problem_of("t").code == "already_connected"


def test_an_account_somebody_else_reads_is_taken_only_on_request(desk: Desk) -> None:
    desk.outside.rival = ConnectError("rival", {"host": "other.example"})
    problem = problem_of()
    assert problem.taken
    assert problem.account is not None
    assert problem.explain("en").text == "other.example reads it."
    assert count() == 1
    made = connections.connect("plain", {"token": "new"}, "", SYSTEM, take_over=True)
    assert made.account is not None
    assert made.account.warnings == ()


def test_a_new_token_keeps_what_is_not_given(desk: Desk) -> None:
    made = connect("new", proxy="http://proxy:1", server="http://here")
    connections.replace(made.id, {"token": "", "proxy": "", "server": ""}, SYSTEM)
    assert connections.info(made.id).settings == {"token": "new", "proxy": "http://proxy:1"}
    connections.replace(made.id, {}, SYSTEM, cleared=["proxy"])
    assert connections.info(made.id).settings == {"token": "new"}


def test_another_accounts_token_is_refused(desk: Desk) -> None:
    made = connect()
    with pytest.raises(ConnectProblem) as error:
        connections.replace(made.id, {"token": "somebody else"}, SYSTEM)
    assert error.value.code == "other_account"
    assert connections.info(made.id).settings == {"token": "new"}


def test_its_fingerprint_follows_what_it_is_served_with(desk: Desk) -> None:
    made = connect()
    before = connections.fingerprint(made.id)
    connections.set_enabled(made.id, False, SYSTEM)
    assert connections.fingerprint(made.id) == before
    connections.replace(made.id, {"server": "http://there"}, SYSTEM)
    assert connections.fingerprint(made.id) != before


def test_a_paused_connection_is_not_served(desk: Desk) -> None:
    made = connect()
    connections.set_enabled(made.id, False, SYSTEM)
    assert made.id not in connections.enabled()
    view = connection_list.find(made.id)
    assert view is not None
    assert view.health == "paused"
    connections.set_enabled(made.id, True, SYSTEM)
    assert made.id in connections.enabled()


def test_one_that_cannot_be_opened_does_not_stop_the_others(desk: Desk) -> None:
    made = connect()
    with db.write() as session:
        session.get_one(Connection, made.id).secrets = "not ours"
        session.add(Connection(channel="pigeon", title="Gone"))
    assert connections.enabled() == [desk.connection_id]
    assert [view.trouble for view in connection_list.all_connections()] == ["", "secrets_lost", "unknown_channel"]


def test_another_process_sees_a_change_within_a_second(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = connect()
    assert connections.info(made.id).settings == {"token": "new"}
    with db.write() as session:
        session.get_one(Connection, made.id).secrets = secrets.encrypt({"token": "changed elsewhere"})
    monkeypatch.setattr(connections, "FRESH_SECONDS", 0.0)
    assert connections.info(made.id).settings == {"token": "changed elsewhere"}


def test_channels_are_asked_for_once(desk: Desk) -> None:
    assert channels() is channels()
    assert connections.channel_of(desk.connection_id) is channels()["plain"]
    assert plugins().loaded.keys() == {"defaults", "plain"}
