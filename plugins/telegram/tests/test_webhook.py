"""Webhook mode: the box tells Telegram its address, watches it, takes what is posted, and lets go of it again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from appliance import ConnectError, ConnectionInfo, Pushed, RawUpdate, Refused
from appliance_telegram import hook_watch
from appliance_telegram.bot_settings import read_settings
from appliance_telegram.channel import TelegramChannel
from appliance_telegram.hooks import PROOF_HEADER, hook_address, hook_secret, is_ours
from appliance_telegram.pauses import Pauses
from appliance_telegram.poller import ALLOWED_UPDATES
from plugins.telegram.tests.kept_journal import KeptJournal
from plugins.telegram.tests.local_bot_api import TOKEN, LocalBotApi, Refuse, refusal
from plugins.telegram.tests.serving import serving

ADDRESS = "https://desk.example.com"
UPDATE = b'{"update_id":5,\n"message":{"message_id":1,"chat":{"id":-8},"text":"\xd0\xba"}}'


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_watch, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(hook_watch, "_SOON_SECONDS", 0.02)
    monkeypatch.setattr(Pauses, "take", lambda self: 0.02)


@pytest.fixture
def posted(connection: ConnectionInfo) -> ConnectionInfo:
    """The connection with a public address."""
    return replace(connection, settings={**connection.settings, "public_url": ADDRESS})


def codes(journal: KeptJournal) -> list[str]:
    return [code for code, _ in journal.troubles]


def push(channel: TelegramChannel, connection: ConnectionInfo, body: bytes = UPDATE, **headers: str) -> RawUpdate:
    proof = {PROOF_HEADER: hook_secret(read_settings(connection.settings))}
    (row,) = channel.receive(connection, Pushed(body, {**proof, **headers}))
    return row


def test_it_tells_telegram_where_to_post(api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo) -> None:
    journal = KeptJournal()
    with serving(channel, posted, journal):
        journal.wait_for(lambda: journal.lives >= 2)
    (call,) = api.of("setWebhook")
    assert call.params["url"].startswith(f"{ADDRESS}/hooks/1?")
    assert call.params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert call.params["drop_pending_updates"] is False
    assert 1 <= call.params["max_connections"] <= 10
    secret = call.params["secret_token"]
    assert len(secret) == 64
    assert set(secret) <= set("0123456789abcdef")
    assert TOKEN.partition(":")[2] not in json.dumps(call.params)
    assert (api.of("getUpdates"), codes(journal)) == ([], [])


def test_a_webhook_somebody_else_sets_is_named_and_set_again(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo
) -> None:
    journal = KeptJournal()
    with serving(channel, posted, journal):
        journal.wait_for(lambda: journal.lives >= 1)
        api.webhook = "https://other.example/hook"
        journal.wait_for(lambda: bool(journal.troubles))
        lives = journal.lives
        journal.wait_for(lambda: journal.lives > lives)
    assert journal.troubles == [("webhook_elsewhere", {"host": "other.example"})]
    assert is_ours(api.webhook, read_settings(posted.settings))


def test_what_telegram_cannot_deliver_is_told_in_its_words(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo
) -> None:
    journal = KeptJournal()
    words = "Wrong response from the webhook: 502 Bad Gateway"
    with serving(channel, posted, journal):
        journal.wait_for(lambda: journal.lives >= 1)
        api.webhook_state = {"pending_update_count": 2, "last_error_date": 1784480000, "last_error_message": words}
        journal.wait_for(lambda: len(journal.troubles) >= 2)
        # Delivered: Telegram goes on telling its last error.
        api.webhook_state = {**api.webhook_state, "pending_update_count": 0}
        lives = journal.lives
        journal.wait_for(lambda: journal.lives > lives)
        api.webhook_state = {**api.webhook_state, "pending_update_count": 1}
        told = len(journal.troubles)
        lives = journal.lives
        journal.wait_for(lambda: journal.lives > lives + 2)
    assert journal.troubles[0] == ("webhook_failing", {"error": words})
    assert len(journal.troubles) == told, "messages that merely wait are no failure"


def test_an_address_telegram_refuses_is_told_in_its_words(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo
) -> None:
    journal = KeptJournal()
    words = "Bad Request: bad webhook: IP address 192.168.1.5 is reserved"
    api.script["setWebhook"].append(refusal(400, words))
    with serving(channel, posted, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    assert journal.troubles == [("webhook_refused", {"description": words})]


def test_telegram_out_of_reach_is_told(api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo) -> None:
    journal = KeptJournal()
    api.script["getWebhookInfo"].extend([Refuse(), Refuse(), refusal(401, "Unauthorized")])
    with serving(channel, posted, journal):
        journal.wait_for(lambda: len(journal.troubles) >= 2)
    assert codes(journal) == ["no_internet", "token_revoked"]


def test_an_emptied_address_is_let_go_of_and_nothing_is_lost(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo, connection: ConnectionInfo
) -> None:
    journal = KeptJournal("4")
    with serving(channel, posted, journal):
        journal.wait_for(lambda: journal.lives >= 1)
    api.add_update({"update_id": 7, "message": {"chat": {"id": 1}}})
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.mark == "8")
    assert [call.params for call in api.of("deleteWebhook")] == [{"drop_pending_updates": False}]
    assert ([row.external_id for row in journal.rows], codes(journal)) == (["7"], [])


def test_a_foreign_webhook_is_not_taken_away_by_polling(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    journal = KeptJournal()
    api.webhook = "https://other.example/hooks/1?box=0123456789abcdef"
    with serving(channel, connection, journal):
        journal.wait_for(lambda: bool(journal.troubles))
    assert journal.troubles[0] == ("webhook_elsewhere", {"host": "other.example"})
    assert api.of("deleteWebhook") == []


def test_the_boxs_own_webhook_is_not_somebody_elses(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo, connection: ConnectionInfo
) -> None:
    api.webhook = hook_address(read_settings(posted.settings), 12)
    assert channel.check(posted.settings).warnings == ()
    assert channel.check(connection.settings).warnings == ()
    channel.claim(posted.settings)
    assert api.webhook
    assert api.of("getUpdates") == []


@pytest.mark.parametrize("update", [UPDATE, b'{"update_id":6,"callback_query":{"message":{"chat":{"id":3}}}}'])
def test_what_is_posted_is_the_row_a_question_would_have_brought(
    api: LocalBotApi, channel: TelegramChannel, posted: ConnectionInfo, connection: ConnectionInfo, update: bytes
) -> None:
    journal = KeptJournal()
    api.updates.append((json.loads(update)["update_id"], update))
    with serving(channel, connection, journal):
        journal.wait_for(lambda: bool(journal.rows))
    assert push(channel, posted, update) == journal.rows[0]
    assert push(channel, posted, b"\n" + update + b"\r\n") == journal.rows[0]


@pytest.mark.parametrize("body", [b"", b"[]", b"{broken", b"\xff\xfe", b"[" * 99_999, b"null"])
def test_a_post_that_makes_no_sense_is_kept_as_it_is(
    channel: TelegramChannel, posted: ConnectionInfo, body: bytes
) -> None:
    assert push(channel, posted, body).raw == body


@pytest.mark.parametrize("given", ["", "wrong", "0" * 64, "\udcff", "é"])
def test_who_does_not_know_the_secret_is_refused(channel: TelegramChannel, posted: ConnectionInfo, given: str) -> None:
    with pytest.raises(Refused):
        push(channel, posted, **{PROOF_HEADER: given})


def test_a_connection_that_asks_by_itself_takes_no_posts(channel: TelegramChannel, connection: ConnectionInfo) -> None:
    with pytest.raises(Refused):
        push(channel, connection)
    with pytest.raises(Refused):
        channel.receive(ConnectionInfo(1, {"token": "nonsense"}), Pushed(UPDATE, {}))


@pytest.mark.parametrize(
    ("address", "api_url", "fits"),
    [
        ("https://desk.example.com", "", True),
        ("https://desk.example.com:8443/helpdesk/", "", True),
        ("http://desk.example.com", "", False),
        ("https://desk.example.com:8080", "", False),
        ("https://user:pw@desk.example.com", "", False),
        ("https://desk.example.com/?a=1", "", False),
        ("desk.example.com", "", False),
        (f"https://{'a' * 200}.example", "", False),
        ("http://10.0.0.5:8080", "http://10.0.0.6:8081", True),
    ],
)
def test_addresses_telegram_cannot_post_to_are_told(address: str, api_url: str, fits: bool) -> None:
    form: dict[str, Any] = {"token": TOKEN, "api_url": api_url, "public_url": address}
    if fits:
        assert read_settings(form).public_url == address.rstrip("/")
        return
    with pytest.raises(ConnectError, match="public_url_malformed"):
        read_settings(form)
