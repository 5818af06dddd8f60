"""The token is part of every address, and stays out of everything that is written down."""

from __future__ import annotations

import io
import logging
import traceback

import httpx
import pytest

from appliance import ConnectionInfo, Outgoing, OutgoingPart, RemoteFile, SendError
from appliance_telegram.answers import Refusal
from appliance_telegram.bot_settings import BotSettings, read_settings
from appliance_telegram.channel import TelegramChannel
from appliance_telegram.errors import explain_refusal
from appliance_telegram.redaction import redact
from plugins.telegram.tests.local_bot_api import TOKEN, Answer, HangUp, LocalBotApi, refusal

SETTINGS = BotSettings(TOKEN, proxy="http://shop:s3cret@10.0.0.1:3128")


def test_settings_do_not_show_the_token() -> None:
    assert TOKEN not in repr(SETTINGS)
    assert "s3cret" not in repr(SETTINGS)


def test_a_text_loses_token_and_password() -> None:
    text = f"GET {SETTINGS.method_url('getMe')} through {SETTINGS.proxy} and bot1234567:{'B' * 35}"
    assert redact(text, SETTINGS) == (
        "GET https://api.telegram.org/bot<token>/getMe through http://shop:<password>@10.0.0.1:3128 and bot<token>"
    )


def test_a_server_that_repeats_the_token_is_not_quoted() -> None:
    error = explain_refusal(Refusal(400, f"Bad Request: no chat at /bot{TOKEN}/sendMessage"), SETTINGS)
    assert TOKEN not in str(error.params)


def test_nothing_logged_or_raised_names_the_token(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    channel.check(api.settings)
    api.files["F1"] = b"bytes"
    channel.fetch(connection, RemoteFile("F1"), io.BytesIO())
    (piece,) = channel.plan(Outgoing("5", (OutgoingPart(0, "text", "hello"),)))
    channel.send(connection, "5", piece, {}, lambda: None)
    for behaviour in (HangUp(), Answer(200, b"<html>"), refusal(400, f"Bad Request: {TOKEN}"), refusal(401, TOKEN)):
        api.script["sendMessage"].append(behaviour)
        try:
            channel.send(connection, "5", piece, {}, lambda: None)
        except SendError as error:
            told += [*traceback.format_exception(error), str(error.params)]
    assert len(told) >= 4
    assert TOKEN not in "".join(told)
    assert TOKEN not in caplog.text


def test_httpx_keeps_its_addresses_to_itself() -> None:
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("telegram.Bot").isEnabledFor(logging.INFO)


@pytest.mark.parametrize("path", ["photos/file_1.jpg", "../../bot/x", "a b?c#d"])
def test_a_files_address_stays_below_the_bot(path: str) -> None:
    url = httpx.URL(read_settings({"token": TOKEN}).file_url(path))
    assert url.host == "api.telegram.org"
    assert (url.query, url.fragment) == (b"", "")
