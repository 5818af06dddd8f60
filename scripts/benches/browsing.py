"""A person at the desk: signs in, opens pages, and notes how long each took."""

from __future__ import annotations

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.harness.box import OWNER, PASSWORD, Box

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """Signed in; to be closed."""

    def __init__(self, box: Box) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", box.port, timeout=60)
        self._cookies: dict[str, str] = {}
        token = TOKEN.search(self._ask("GET", "/login"))
        assert token is not None, "no form to sign in with"
        self._ask("POST", "/login", urlencode({"csrf_token": token[1], "login": OWNER, "password": PASSWORD}))

    def close(self) -> None:
        self._connection.close()

    def time(self, address: str) -> float:
        """Seconds until the last byte of a page."""
        began = time.monotonic()
        self._ask("GET", address, wanted=200)
        return time.monotonic() - began

    def _ask(self, verb: str, address: str, body: str | None = None, wanted: int = 0) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(verb, address, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        assert answer.status < 400, f"{address} answers {answer.status}"
        assert wanted in (0, answer.status), f"{address} answers {answer.status}, not {wanted}"
        return text
