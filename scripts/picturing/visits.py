"""Somebody at the desk without a browser: signs in and posts the forms that pages have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import httpx

_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
Fields = Mapping[str, Any]


class Visit:
    """One person's session; the language is that of their browser. To be closed."""

    def __init__(self, url: str, language: str) -> None:
        self.http = httpx.Client(
            base_url=url, headers={"Accept-Language": language, "Origin": url}, timeout=60, trust_env=False
        )
        self._token = ""

    def close(self) -> None:
        self.http.close()

    def sign_in(self, login: str, password: str) -> None:
        self.post("/login", {"login": login, "password": password}, page="/login")
        self._token = ""

    def join(self, link: str, login: str, name: str, password: str) -> None:
        """Take up an invitation."""
        self.post(link, {"login": login, "name": name, "password": password}, page=link)
        self._token = ""

    def read(self, address: str) -> str:
        answer = self.http.get(address, follow_redirects=True)
        if answer.is_error:
            raise SystemExit(f"{address} answers {answer.status_code}")
        return answer.text

    def post(self, address: str, fields: Fields, page: str = "/me/", **options: Any) -> httpx.Response:
        """As the form or the script of a page posts it."""
        if not self._token:
            found = _TOKEN.search(self.read(page))
            self._token = found[1] if found else ""
        data = {"csrf_token": self._token, **fields}
        answer = self.http.post(address, data=data, headers={"X-CSRFToken": self._token}, **options)
        if answer.is_error:
            raise SystemExit(f"POST {address} {dict(fields)} answers {answer.status_code}: {answer.text[:2000]}")
        return answer

    def make(self, page: str, pattern: str, address: str, fields: Fields, **options: Any) -> int:
        """Post a form after which `page` has one more number that matches `pattern`; that number."""
        before = set(re.findall(pattern, self.read(page)))
        self.post(address, fields, **options)
        new = set(re.findall(pattern, self.read(page))) - before
        if not new:
            raise SystemExit(f"POST {address} {dict(fields)} made nothing that {page} shows")
        return max(map(int, new))

    def forget_token(self) -> None:
        """The next form is read anew: a session that begins afresh has another token."""
        self._token = ""
