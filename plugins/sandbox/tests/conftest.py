"""A sandbox that really listens, a bot, a customer with a phone, and the Bot API over real HTTP."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from appliance_sandbox.control import Control, Phone
from appliance_sandbox.server import RunningServer, start_server

TOKEN = "7001:sandbox-test-token"
SECRET = "a control secret"


@dataclass(frozen=True, slots=True)
class Api:
    """A bot's view: calls methods, answers the whole decoded body."""

    client: httpx.Client
    base: str

    def raw(self, method: str, **options: Any) -> httpx.Response:
        return self.client.post(f"{self.base}/{method}", **options)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        body: dict[str, Any] = self.raw(method, json=parameters).json()
        return body

    def result(self, method: str, **parameters: Any) -> Any:
        body = self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        body = self.call(method, **parameters)
        assert not body["ok"], body
        return body["error_code"], body["description"]


@pytest.fixture
def server() -> Iterator[RunningServer]:
    running = start_server(token=TOKEN, control_secret=SECRET)
    yield running
    running.close()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # no CA to load for loopback
    with httpx.Client(timeout=20, trust_env=False, verify=plain) as opened:
        yield opened


@pytest.fixture
def api(server: RunningServer, client: httpx.Client) -> Api:
    return Api(client, f"{server.url}/bot{TOKEN}")


@pytest.fixture
def control(server: RunningServer) -> Iterator[Control]:
    with Control(server.url, SECRET) as opened:
        yield opened


@pytest.fixture
def bot(control: Control) -> int:
    number: int = control.bots()[0]["id"]
    return number


@pytest.fixture
def phone(control: Control, bot: int) -> Phone:
    """Anna, who has pressed start; the queue is empty again."""
    anna = control.add_customer("Анна", last_name="Ковалёва", username="annak", language_code="ru")
    hers = control.phone(bot, anna["id"])
    hers.start()
    return hers


@pytest.fixture
def chat(phone: Phone, api: Api) -> int:
    """The chat with Anna, with nothing pending."""
    api.result("getUpdates", offset=-1)
    pending = api.result("getUpdates")
    api.result("getUpdates", offset=pending[-1]["update_id"] + 1)
    return phone.chat_id
