"""Webhooks: each update is posted to the bot's address, in order, again and again until it is taken."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from appliance_sandbox.server.bots import Bots, Json
from appliance_sandbox.server.updates import Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
NEAR = frozenset({"127.0.0.1", "localhost"})
ANSWER_SECONDS = 10.0  # how long the address may take to answer
FIRST_REST, LONGEST_REST = 0.2, 5.0  # seconds between two tries; each is twice as long as the one before
GOODBYE = ANSWER_SECONDS + 5


def is_near(url: str) -> bool:
    """Whether the sandbox delivers there: plain HTTP on this machine; it reaches nothing beyond."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in NEAR


@dataclass(slots=True)
class Round:
    """One bot's courier: a thread, and the word that ends it."""

    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class Couriers:
    """One for each bot with a webhook. `start_all` after a start, `change` when a webhook was set or taken away."""

    def __init__(self, bots: Bots, updates: Updates) -> None:
        self._bots = bots
        self._updates = updates
        self._lock = threading.Lock()
        self._rounds: dict[int, Round] = {}

    def start_all(self) -> None:
        for bot in self._bots.all():
            self.change(bot.id)

    def change(self, bot_id: int) -> None:
        """Stop what goes round for this bot, and begin anew where it has a webhook to serve."""
        with self._lock:
            if old := self._rounds.pop(bot_id, None):
                old.stop.set()
            webhook = self._bots.webhook(bot_id)
            if webhook and is_near(webhook["url"]):
                mine = Round()
                work = (bot_id, webhook, mine.stop)
                mine.thread = threading.Thread(target=self._go_round, args=work, name=f"courier-{bot_id}", daemon=True)
                self._rounds[bot_id] = mine
                mine.thread.start()
        self._updates.wake()

    def close(self) -> None:
        """Wait for those under way: they work with the database."""
        with self._lock:
            ending, self._rounds = list(self._rounds.values()), {}
        for one in ending:
            one.stop.set()
        self._updates.wake()
        for one in ending:
            if one.thread:
                one.thread.join(GOODBYE)

    def _go_round(self, bot_id: int, webhook: Json, stop: threading.Event) -> None:
        rest = FIRST_REST
        while first := self._updates.wait_for_first(bot_id, stop.is_set):
            update_id, body = first
            problem = post(webhook["url"], body, webhook.get("secret_token", ""))
            if stop.is_set():
                # Set anew meanwhile: whoever goes round now sends it again, as the published server may.
                return
            if problem:
                webhook = self._note(bot_id, webhook, problem)
                stop.wait(rest)
                rest = min(rest * 2, LONGEST_REST)
            else:
                self._updates.confirm(bot_id, update_id)
                rest = FIRST_REST

    def _note(self, bot_id: int, webhook: Json, problem: str) -> Json:
        """The webhook as it is kept from now on; one that was set anew or taken away meanwhile stays as it is."""
        noted = {**webhook, "last_error_date": int(time.time()), "last_error_message": problem}
        self._bots.replace_webhook(bot_id, webhook, noted)
        return noted


def post(url: str, body: bytes, secret: str) -> str:
    """What went wrong, in the words getWebhookInfo has for it; empty when the update was taken."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=ANSWER_SECONDS)
    headers = {"Content-Type": "application/json", **({SECRET_HEADER: secret} if secret else {})}
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except TimeoutError:
        return "Read timeout expired"
    except ConnectionRefusedError:
        return "Connection refused"
    except (OSError, http.client.HTTPException):
        return "Connection reset by peer"
    finally:
        connection.close()
    taken = 200 <= answer.status < 300
    return "" if taken else f"Wrong response from the webhook: {answer.status} {answer.reason}"
