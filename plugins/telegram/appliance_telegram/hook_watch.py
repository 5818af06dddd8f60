"""The service of a connection that is posted to: tells Telegram where, and watches whether it arrives.

The posts themselves are taken by the desk's web process, into the same journal.
"""

from __future__ import annotations

import logging
from threading import Event
from typing import Any

from appliance import Journal
from appliance_telegram.answers import Refusal
from appliance_telegram.asking import Stopped, ask_unless_stopped
from appliance_telegram.border import read_count, read_line, read_text
from appliance_telegram.client import BotClient
from appliance_telegram.connect import host_of
from appliance_telegram.errors import FAILURES
from appliance_telegram.hooks import hook_address, hook_secret, is_ours
from appliance_telegram.loop_thread import LoopThread
from appliance_telegram.poll_troubles import Trouble, Troubles
from appliance_telegram.poller import ALLOWED_UPDATES
from appliance_telegram.redaction import redact

# The database takes one commit at a time; more connections would only wait for each other.
_CONNECTIONS = 4
_LOOK_SECONDS = 60.0
# After something was changed or went wrong.
_SOON_SECONDS = 10.0
log = logging.getLogger("telegram")


class HookWatch:
    """One bot's webhook: set when the service starts, and again whenever it is gone."""

    def __init__(self, client: BotClient, loop: LoopThread, journal: Journal, stop: Event, connection_id: int) -> None:
        self._client, self._loop, self._journal, self._stop = client, loop, journal, stop
        self._address = hook_address(client.settings, connection_id)
        self._troubles = Troubles(client.settings)
        # A start sets it whatever is there: only so the secret is certainly the present one.
        self._set = False
        self._failing = False
        self._error_seen = 0
        self._told = ""

    def run(self) -> None:
        """Until stopped. The webhook stays: Telegram keeps what it cannot deliver meanwhile."""
        while not self._stop.is_set():
            try:
                trouble = self._look()
            except Stopped:
                return
            except FAILURES as error:
                trouble = self._explain(error)
            self._tell(trouble)
            self._stop.wait(trouble.seconds)

    def _look(self) -> Trouble:
        found = self._ask("getWebhookInfo")
        info = found if isinstance(found, dict) else {}
        self._troubles.over()
        url = read_text(info, "url")
        if not self._set or url != self._address:
            taken = self._set and url and not is_ours(url, self._client.settings)
            self._set_hook()
            return Trouble("webhook_elsewhere" if taken else "", _SOON_SECONDS, {"host": host_of(url)})
        return self._judge(info)

    def _set_hook(self) -> None:
        self._ask(
            "setWebhook",
            url=self._address,
            secret_token=hook_secret(self._client.settings),
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_CONNECTIONS,
            drop_pending_updates=False,
        )
        self._set = True

    def _judge(self, info: dict[str, Any]) -> Trouble:
        """An error counts as long as messages wait for it to pass: Telegram tells the last one for ever."""
        error = read_count(info, "last_error_date") or 0
        waiting = bool(read_count(info, "pending_update_count"))
        self._failing = waiting and (self._failing or error > self._error_seen)
        self._error_seen = max(self._error_seen, error)
        if not self._failing:
            return Trouble("", _LOOK_SECONDS)
        words = redact(read_line(info, "last_error_message", 200), self._client.settings)
        return Trouble("webhook_failing", _SOON_SECONDS, {"error": words or "?"})

    def _explain(self, error: Exception) -> Trouble:
        if isinstance(error, Refusal) and error.status == 400:
            words = redact(error.description, self._client.settings)[:200]
            return Trouble("webhook_refused", _LOOK_SECONDS, {"description": words})
        return self._troubles.judge(error)

    def _tell(self, trouble: Trouble) -> None:
        if trouble.code:
            if trouble.code != self._told:
                log.warning("no posted updates: %s", trouble.code)
            self._journal.trouble(trouble.code, trouble.params)
        elif self._set:
            self._journal.alive()
        self._told = trouble.code

    def _ask(self, method: str, **params: Any) -> Any:
        return ask_unless_stopped(self._loop, self._client.call(method, **params), self._stop)
