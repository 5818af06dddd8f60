"""Asks for updates and leaves them in the journal, before the next question acknowledges them.

The library's own Updater acknowledges what it has only put in memory: a kill loses it, and one update it cannot
parse stops it for good. Here rows and offset are one commit, and nothing is parsed but the frame around the updates.
"""

from __future__ import annotations

import logging
import time
from threading import Event

from appliance import ConnectError, Journal
from appliance_telegram import limits, timeouts
from appliance_telegram.answers import looks_like_an_answer, read_answer
from appliance_telegram.asking import Stopped, ask_unless_stopped
from appliance_telegram.batches import Batch, Undecodable, is_complete, keep_bytes, read_batch
from appliance_telegram.client import BotClient
from appliance_telegram.connect import foreign_webhook, take_away_our_webhook
from appliance_telegram.errors import FAILURES
from appliance_telegram.loop_thread import LoopThread
from appliance_telegram.poll_troubles import Trouble, Troubles

# Message reactions come only when named; names a server does not know yet are ignored by it.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
)
_ANSWER_SECONDS = 10.0
_BREATH_SECONDS = 0.5
# How often the same bytes must come before they are passed over: a whole answer with nonsense in it stays as it is, an
# answer that ends early may only have been cut on its way, and what it held would be lost.
_TRIES = 2
_TRIES_OF_A_CUT = 8
log = logging.getLogger("telegram")


class Poller:
    """One bot's questions, one at a time."""

    def __init__(self, client: BotClient, loop: LoopThread, journal: Journal, stop: Event) -> None:
        self._client, self._loop, self._journal, self._stop = client, loop, journal, stop
        self._troubles = Troubles(client.settings)
        self._offset = _read_position(journal.position())
        self._singly = 0
        # The first question after a start or a failure is answered at once, so that the desk knows where it stands.
        self._soon = True
        self._kept = self._garbled = b""
        self._repeats = 0
        self._asked_at = 0.0
        self._told = ""

    def run(self) -> None:
        """Until stopped. What `journal.commit` did not return for is asked again next time."""
        while not self._stop.is_set():
            try:
                body = self._ask()
            except Stopped:
                return
            except FAILURES as error:
                self._pause(self._troubles.judge(error), error)
            else:
                self._take(body)

    def _ask(self) -> bytes:
        seconds = 0 if self._soon or self._singly else timeouts.poll_seconds()
        question = self._client.ask(
            "getUpdates",
            read_timeout=seconds + _ANSWER_SECONDS,
            limit=1 if self._singly else limits.BATCH,
            timeout=seconds,
            allowed_updates=ALLOWED_UPDATES,
            **({} if self._offset is None else {"offset": self._offset}),
        )
        self._asked_at = time.monotonic()
        status, body = ask_unless_stopped(self._loop, question, self._stop)
        if not 200 <= status < 300 or not looks_like_an_answer(body):
            read_answer(status, body)
        return body

    def _take(self, body: bytes) -> None:
        try:
            batch = read_batch(body)
        except Undecodable as error:
            dissected = self._dissect(body, error)
            if dissected is None:
                return
            batch = dissected
        if batch.next_offset is not None:
            self._journal.commit(batch.rows, str(batch.next_offset))
            self._offset = batch.next_offset
        if self._troubles.over():
            self._told = ""
            self._journal.alive()
        if batch.next_offset is None:
            self._rest()
        self._singly = self._singly - 1 if batch.rows and self._singly else 0
        self._soon = False

    def _rest(self) -> None:
        """A server that does not hold the question open must not be asked without a breath."""
        if not self._soon and time.monotonic() - self._asked_at < _BREATH_SECONDS:
            self._stop.wait(_BREATH_SECONDS)

    def _dissect(self, body: bytes, error: Undecodable) -> Batch | None:
        """Ask for one at a time; the one that cannot be decoded however often it comes is kept as bytes and passed
        over. None: ask again."""
        if not self._singly:
            log.warning("an answer with updates cannot be decoded, asking one by one: %s", error)
            self._singly = limits.BATCH
            return None
        batch = keep_bytes(body)
        if body == self._kept and self._offset is not None:
            # It was not the one we asked for: the same bytes come again, kept already.
            return Batch((), batch.next_offset or self._offset + 1)
        self._repeats = self._repeats + 1 if body == self._garbled else 1
        self._garbled = body
        unknown = batch.next_offset is None and self._offset is None
        if unknown or self._repeats < (_TRIES if is_complete(body) else _TRIES_OF_A_CUT):
            self._pause(self._troubles.unreadable(), error)
            return None
        self._kept = body
        return Batch(batch.rows, batch.next_offset or (self._offset or 0) + 1)

    def _pause(self, trouble: Trouble, error: Exception) -> None:
        self._soon = True
        if trouble.code == "webhook_elsewhere" and self._let_go_of_webhook():
            return
        if trouble.code:
            if trouble.code != self._told:
                log.warning("no updates: %s (%s)", trouble.code, type(error).__name__)
            self._told = trouble.code
            self._journal.trouble(trouble.code, self._details(trouble))
        self._stop.wait(trouble.seconds)

    def _let_go_of_webhook(self) -> bool:
        """The owner has emptied the box's public address: what was posted there is asked for from now on."""
        try:
            return self._loop.run(take_away_our_webhook(self._client), 2 * timeouts.CHECK)
        except (ConnectError, TimeoutError):
            return False

    def _details(self, trouble: Trouble) -> dict[str, object]:
        details = dict(trouble.params)
        if trouble.code == "webhook_elsewhere":
            try:
                details["host"] = self._loop.run(foreign_webhook(self._client), timeouts.CHECK) or "?"
            except (ConnectError, TimeoutError):
                details["host"] = "?"
        return details


def _read_position(text: str) -> int | None:
    """The offset to ask with; None at first, when everything that waits is wanted."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
