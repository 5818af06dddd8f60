"""Telegram as a channel: each call picks the bot's line and hands over to the module that knows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from threading import Event
from typing import Any, BinaryIO, TypeVar

from appliance import (
    Account,
    Capabilities,
    Channel,
    ConnectError,
    ConnectionInfo,
    Fetched,
    Incoming,
    Journal,
    Outgoing,
    Piece,
    Pushed,
    RawUpdate,
    RemoteFile,
    SendError,
    Sent,
    StoredFile,
)
from appliance_telegram import connect, limits, timeouts
from appliance_telegram.client import BotClient
from appliance_telegram.clients import Clients
from appliance_telegram.errors import FAILURES, explain_failure
from appliance_telegram.fetching import fetch_file, longest_fetch
from appliance_telegram.hook_watch import HookWatch
from appliance_telegram.native_kinds import KINDS_OUT
from appliance_telegram.own_server import limits_of
from appliance_telegram.planning import plan_message
from appliance_telegram.poller import Poller
from appliance_telegram.pushes import receive_push
from appliance_telegram.reader import read_update
from appliance_telegram.samples import SAMPLES
from appliance_telegram.texts import TEXTS

T = TypeVar("T")
_CHECK_SECONDS = 60.0


class TelegramChannel(Channel):
    name = "telegram"
    title = "Telegram"
    capabilities = Capabilities(
        kinds_in=KINDS_OUT | {"unknown"},
        kinds_out=KINDS_OUT,
        text_limit=limits.TEXT,
        caption_limit=limits.CAPTION,
        upload_limit=limits.UPLOAD,
        download_limit=limits.DOWNLOAD,
        keeps_hours=24,
    )
    form = connect.FORM
    texts = TEXTS
    samples = SAMPLES

    def __init__(self) -> None:
        self._clients = Clients()

    def check(self, settings: Mapping[str, str]) -> Account:
        with self._clients.passing(settings) as client:
            return self._connecting(connect.check(client))

    def claim(self, settings: Mapping[str, str], *, forcibly: bool = False) -> None:
        with self._clients.passing(settings) as client:
            self._connecting(connect.claim(client, forcibly=forcibly))

    def _connecting(self, question: Coroutine[Any, Any, T]) -> T:
        try:
            return self._clients.run(question, _CHECK_SECONDS)
        except TimeoutError:
            raise ConnectError("no_internet", temporary=True) from None

    def serve(self, connection: ConnectionInfo, journal: Journal, stop: Event) -> None:
        try:
            client = self._clients.of(connection.settings)
        except ConnectError as error:
            # New settings start the service anew; until then there is nothing it could do.
            journal.trouble(error.code, error.params)
            stop.wait()
            return
        if client.settings.public_url:
            HookWatch(client, self._clients.loop, journal, stop, connection.id).run()
        else:
            Poller(client, self._clients.loop, journal, stop).run()

    def receive(self, connection: ConnectionInfo, pushed: Pushed) -> tuple[RawUpdate, ...]:
        return receive_push(connection.settings, pushed)

    def read(self, raw: bytes, connection: ConnectionInfo) -> tuple[Incoming, ...]:
        return read_update(raw, connection.account.external_id if connection.account else "")

    def plan(self, outgoing: Outgoing) -> tuple[Piece, ...]:
        return plan_message(outgoing)

    def send(
        self,
        connection: ConnectionInfo,
        address: str,
        piece: Piece,
        files: Mapping[str, StoredFile],
        leaving: Callable[[], None],
    ) -> Sent:
        # python-telegram-bot costs 0.3 s and 17 MB, many times the seconds on a small box: only who sends loads it.
        from appliance_telegram.sending import send_piece  # noqa: PLC0415

        return send_piece(self._line(connection), self._clients.loop, address, piece, files, leaving)

    def limits(self, connection: ConnectionInfo) -> Capabilities:
        return limits_of(self.capabilities, connection.settings)

    def ping(self, connection: ConnectionInfo) -> None:
        client = self._line(connection)
        try:
            self._clients.run(client.call("getMe"), timeouts.CHECK * 2)
        except FAILURES as error:
            raise explain_failure(error, client.settings, arrived=False) from None

    def fetch(self, connection: ConnectionInfo, file: RemoteFile, target: BinaryIO) -> Fetched:
        client = self._line(connection)
        seconds = timeouts.request_seconds()
        longest = longest_fetch(client.settings, seconds)
        try:
            return self._clients.run(fetch_file(client, file, target, seconds), longest)
        except FAILURES as error:
            raise explain_failure(error, client.settings, arrived=False) from None

    def close(self) -> None:
        self._clients.close()

    def _line(self, connection: ConnectionInfo) -> BotClient:
        try:
            return self._clients.of(connection.settings)
        except ConnectError as error:
            raise SendError(error.code, error.params, scope="connection", permanent=True) from None
