"""Webhooks, delivered over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from appliance_sandbox.control import Control, Phone
from appliance_sandbox.server import start_server
from tests.harness.waiting import wait_until

from .conftest import SECRET, TOKEN, Api
from .test_service import free_port


class Receiver:
    """An address that takes updates, or refuses them with the codes it was told."""

    def __init__(self, port: int = 0) -> None:
        self.codes: list[int] = []
        self.seen: list[tuple[str, str, Any]] = []
        receiver = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.seen.append((self.path, self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
                self.send_response(receiver.codes.pop(0) if receiver.codes else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Answers)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook/telegram/1"

    def texts(self) -> list[str]:
        """Of the messages it was sent, repetitions included."""
        return [update["message"]["text"] for _, _, update in self.seen]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver()
    yield opened
    opened.close()


def test_each_update_is_posted_with_the_secret_and_in_order(
    api: Api, control: Control, bot: int, phone: Phone, chat: int, receiver: Receiver
) -> None:
    phone.write("before")
    assert api.result("setWebhook", url=receiver.url, secret_token="s3cret_-")
    for number in range(5):
        phone.write(str(number))
    wait_until(lambda: len(receiver.seen) >= 6, "six updates")
    assert receiver.texts() == ["before", "0", "1", "2", "3", "4"]
    assert {(path, secret) for path, secret, _ in receiver.seen} == {("/hook/telegram/1", "s3cret_-")}
    wait_until(lambda: not control.pending(bot), "the queue to be empty")
    assert "secret_token" not in api.result("getWebhookInfo")


def test_what_is_refused_comes_again_before_anything_later(
    api: Api, phone: Phone, chat: int, receiver: Receiver
) -> None:
    receiver.codes = [500, 403]
    api.result("setWebhook", url=receiver.url)
    phone.write("first")
    phone.write("second")
    wait_until(lambda: len(receiver.seen) >= 4, "two refusals and two that are taken")
    assert receiver.texts() == ["first", "first", "first", "second"]
    info = api.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert info["last_error_date"] > 0


def test_it_waits_for_an_address_that_is_away(api: Api, phone: Phone, chat: int) -> None:
    port = free_port()
    api.result("setWebhook", url=f"http://127.0.0.1:{port}/hook")
    phone.write("patience")
    wait_until(lambda: "last_error_message" in api.result("getWebhookInfo"), "an error")
    info = api.result("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
    late = Receiver(port)
    try:
        wait_until(late.texts, "the update")
        assert late.texts() == ["patience"]
    finally:
        late.close()


def test_polling_waits_for_the_end_of_the_webhook(api: Api, phone: Phone, chat: int, receiver: Receiver) -> None:
    api.result("setWebhook", url=receiver.url)
    assert api.refusal("getUpdates")[0] == 409
    api.result("deleteWebhook")
    phone.write("for the poller")
    assert api.result("getUpdates")[0]["message"]["text"] == "for the poller"
    assert receiver.seen == []


def test_it_refuses_addresses_and_secrets_the_server_would_refuse(api: Api) -> None:
    https = "https://shop.example"
    wrong = {
        "bad webhook: An HTTPS URL must be provided for webhook": {"url": "http://shop.example/hook"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443": {"url": f"{https}:8080/hook"},
        "secret token contains unallowed characters": {"url": https, "secret_token": "no spaces"},
        "secret token is too long": {"url": https, "secret_token": "x" * 257},
    }
    for text, fields in wrong.items():
        assert api.refusal("setWebhook", **fields) == (400, f"Bad Request: {text}")
    assert api.result("setWebhook", url=f"{https}:8443/hook")


def test_a_webhook_outlives_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "sandbox.db"
    server = start_server(state=state, token=TOKEN, control_secret=SECRET)
    server.sandbox.bots.set_webhook(7001, {"url": receiver.url})
    server.close()
    again = start_server(state=state, token=TOKEN, control_secret=SECRET)
    try:
        with Control(again.url, SECRET) as control:
            control.phone(7001, control.add_customer("Anna")["id"]).write("still here")
        wait_until(receiver.texts, "the update")
    finally:
        again.close()
