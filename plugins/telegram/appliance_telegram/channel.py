"""Telegram as a channel: each call picks the bot's line and hands over to the module that knows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
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
    IncomingButton,
    Journal,
    Outgoing,
    Piece,
    Pushed,
    RawUpdate,
    Reference,
    RemoteFile,
    Revision,
    SendError,
    Sent,
    StoredFile,
)
from appliance_telegram import connect, limits, presence, timeouts
from appliance_telegram.client import BotClient
from appliance_telegram.clients import Clients
from appliance_telegram.errors import FAILURES, explain_failure
from appliance_telegram.fetching import fetch_file, longest_fetch
from appliance_telegram.hook_watch import HookWatch
from appliance_telegram.links import link_of, write_invitation
from appliance_telegram.markup import REQUESTS
from appliance_telegram.native_kinds import KINDS_OUT
from appliance_telegram.own_server import limits_of
from appliance_telegram.planning import plan_message
from appliance_telegram.poller import Poller
from appliance_telegram.pushes import receive_push
from appliance_telegram.reader import read_update
from appliance_telegram.revisions import plan_delete, plan_edit
from appliance_telegram.samples import SAMPLES
from appliance_telegram.texts import TEXTS

T = TypeVar("T")
_CHECK_SECONDS = 60.0
# Two questions, each with its time to connect.
_ASK_SECONDS = timeouts.CHECK * 4


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
        edit=True,
        delete=True,
        delete_hours=limits.DELETE_HOURS,
        typing=True,
        buttons=limits.BUTTONS,
        button_length=limits.BUTTON,
        asks=frozenset(REQUESTS),
        formatting=True,
        previews=True,
        groups=True,
        keeps_hours=24,
        pace=limits.PACE,
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

        client = self._line(connection)
        try:
            return send_piece(client, self._clients.loop, address, piece, files, leaving)
        except SendError as error:
            # Where a person has to come to us first, the words say where to.
            error.params = {"link": link_of(connection.account), **error.params}
            raise

    def plan_edit(self, revision: Revision) -> tuple[Piece, ...]:
        return plan_edit(revision)

    def plan_delete(self, address: str, sent: Sequence[Reference]) -> tuple[Piece, ...]:
        return plan_delete(address, sent)

    def show_typing(self, connection: ConnectionInfo, address: str) -> None:
        client = self._line(connection)
        self._asking(client, presence.show_typing(client, address))

    def answer_press(self, connection: ConnectionInfo, press: IncomingButton) -> None:
        client = self._line(connection)
        self._asking(client, presence.answer_press(client, press))

    def leave(self, connection: ConnectionInfo, address: str) -> None:
        client = self._line(connection)
        self._asking(client, presence.leave(client, address))

    def invite(self, account: Account, code: str) -> str:
        return write_invitation(account, code)

    def limits(self, connection: ConnectionInfo) -> Capabilities:
        return limits_of(self.capabilities, connection.settings)

    def ping(self, connection: ConnectionInfo) -> None:
        client = self._line(connection)
        self._asking(client, client.call("getMe"))

    def fetch(self, connection: ConnectionInfo, file: RemoteFile, target: BinaryIO) -> Fetched:
        client = self._line(connection)
        seconds = timeouts.request_seconds()
        longest = longest_fetch(client.settings, seconds)
        return self._asking(client, fetch_file(client, file, target, seconds), longest)

    def close(self) -> None:
        self._clients.close()

    def _asking(self, client: BotClient, question: Coroutine[Any, Any, T], longest: float = _ASK_SECONDS) -> T:
        try:
            return self._clients.run(question, longest)
        except FAILURES as error:
            raise explain_failure(error, client.settings, arrived=False) from None

    def _line(self, connection: ConnectionInfo) -> BotClient:
        try:
            return self._clients.of(connection.settings)
        except ConnectError as error:
            raise SendError(error.code, error.params, scope="connection", permanent=True) from None
