"""/hooks/<connection>: what a messenger posts is in the journal before it is answered; nobody else gets in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import event, select, text
from werkzeug.test import TestResponse

from appliance import db
from appliance.models import InboundUpdate
from appliance.services import connections
from appliance.values import SYSTEM
from appliance.web.pushes import BODY_LIMIT
from appliance_telegram.bot_settings import read_settings
from appliance_telegram.hooks import PROOF_HEADER, hook_address, hook_secret
from tests.integration.conftest import Site

FORM = {"token": "7000000001:AAtesttesttesttesttesttesttesttest", "public_url": "https://desk.example.com"}
UPDATE = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 8, "type": "private"}, "text": "hi"}}

LARGE = {**UPDATE, "padding": "x" * 500_000}


@pytest.fixture
def connection_id(site: Site) -> int:
    assert site
    return connections.connect("telegram", FORM, "Shop", SYSTEM, check=False).id


def post(site: Site, connection_id: int, body: Any = UPDATE, **headers: str) -> TestResponse:
    """As Telegram does: under the public name, without cookies, form or origin."""
    told = {PROOF_HEADER: hook_secret(read_settings(FORM)), "Host": "desk.example.com", **headers}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    address = f"/hooks/{connection_id}?box=0123"
    return site.app.test_client().post(address, data=data, headers=told, content_type="application/json")


def rows() -> list[InboundUpdate]:
    with db.session() as session:
        return list(session.scalars(select(InboundUpdate)))


def test_what_telegram_posts_is_in_the_journal(site: Site, connection_id: int) -> None:
    answer = post(site, connection_id)
    assert (answer.status_code, answer.data) == (200, b"")
    (row,) = rows()
    assert (row.connection_id, row.external_id, row.chat_key, row.state) == (connection_id, "5", "8", "new")
    assert json.loads(row.raw) == UPDATE


def test_the_same_post_twice_is_one_row(site: Site, connection_id: int) -> None:
    assert [post(site, connection_id).status_code for _ in range(2)] == [200, 200]
    assert len(rows()) == 1


def test_who_does_not_know_the_secret_is_refused(site: Site, connection_id: int) -> None:
    for given in ("", "0" * 64, "é"):
        answer = post(site, connection_id, **{PROOF_HEADER: given})
        assert (answer.status_code, answer.data) == (403, b"")
    assert rows() == []


def test_a_connection_that_asks_by_itself_takes_no_posts(site: Site, connection_id: int) -> None:
    connections.replace(connection_id, {"public_url": ""}, SYSTEM)
    assert post(site, connection_id).status_code == 403
    assert rows() == []


def test_a_connection_that_is_unknown_or_paused_takes_no_posts(site: Site, connection_id: int) -> None:
    assert post(site, connection_id + 1).status_code == 404
    connections.set_enabled(connection_id, False, SYSTEM)
    assert post(site, connection_id).status_code == 404
    assert rows() == []


def test_a_post_that_cannot_be_read_is_kept_all_the_same(site: Site, connection_id: int) -> None:
    assert post(site, connection_id, b'{"update_id": 9, "message": \xff').status_code == 200
    assert [(row.external_id, row.raw) for row in rows()] == [("9", b'{"update_id": 9, "message": \xff')]


def test_a_post_that_is_too_large_is_not_read(site: Site, connection_id: int) -> None:
    assert post(site, connection_id, b"x" * (BODY_LIMIT + 1)).status_code == 413
    assert rows() == []


def test_what_cannot_be_stored_has_to_come_again(site: Site, connection_id: int) -> None:
    with full_disk():
        assert post(site, connection_id, LARGE).status_code == 503
    assert rows() == []
    assert post(site, connection_id, LARGE).status_code == 200
    assert len(rows()) == 1


def test_the_public_name_opens_nothing_else(site: Site, connection_id: int) -> None:
    public = {"Host": "desk.example.com"}
    for address in ("/", "/login", "/healthz", "/static/css/tokens.css", f"/hooks/{connection_id}/x", "/hooks/"):
        assert site.staff().client.get(address, headers=public, buffered=True).status_code == 400, address


def test_only_posting_is_possible(site: Site, connection_id: int) -> None:
    assert site.visitor().client.get(f"/hooks/{connection_id}").status_code == 405


def test_a_page_elsewhere_cannot_post(site: Site, connection_id: int) -> None:
    assert post(site, connection_id, Origin="https://evil.example").status_code == 403


def test_the_address_told_to_telegram_is_the_one_that_answers(site: Site, connection_id: int) -> None:
    address = hook_address(read_settings(FORM), connection_id)
    assert address.startswith(f"https://desk.example.com/hooks/{connection_id}?")
    secret = {PROOF_HEADER: hook_secret(read_settings(FORM))}
    path = address.removeprefix("https://desk.example.com")
    assert site.app.test_client().post(path, json=UPDATE, headers=secret).status_code == 200


def test_neither_token_nor_secret_is_logged(site: Site, connection_id: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    post(site, connection_id)
    with full_disk():
        post(site, connection_id, LARGE)
    post(site, connection_id, **{PROOF_HEADER: "wrong"})
    assert FORM["token"] not in caplog.text
    assert hook_secret(read_settings(FORM)) not in caplog.text


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite may not take another page, as on a disk without room."""
    with room_for_pages(1):
        yield
    with room_for_pages(1 << 30), db.session() as session:
        session.execute(text("SELECT 1"))


@contextmanager
def room_for_pages(number: int) -> Iterator[None]:
    def limit(connection: SqlConnection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={number}")

    event.listen(db.engine(), "begin", limit)
    yield
    event.remove(db.engine(), "begin", limit)
