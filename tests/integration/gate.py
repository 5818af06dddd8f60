"""Asks for endpoints in somebody's name, as their own page would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from appliance.web.cookies import SIGN_IN
from tests.integration.kept_box import KeptBox
from tests.integration.two_teams import SECRET, TwoTeams
from tests.integration.who_may_what import Rule

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# What is noted of a reader, and is no news to anybody else.
OF_THE_READER = {"agent", "mention", "notice", "presence", "sign_in", "sqlite_sequence", "ticket_read"}
# Errors are one line then, and the page around them is not made.
SCRIPT = {"HX-Request": "true"}
_ARGUMENT = re.compile(r"<(?:[^<>]+:)?(\w+)>")
_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """`what` was asked, by whom, and how it was answered, in words."""

    what: str
    answer: TestResponse
    text: str
    rule: Rule

    @property
    def code(self) -> int:
        return self.answer.status_code

    @property
    def sent_to_sign_in(self) -> bool:
        headers = self.answer.headers
        return self.code in (302, 401) and "/login" in headers.get("Location", headers.get("X-Sign-In", ""))

    @property
    def let_in(self) -> bool:
        """Also one that is told that it cannot be so: a field is missing, somebody was faster."""
        if self.code == self.rule.answer:
            return True
        return (self.code < 400 or self.code in (409, 422)) and not self.sent_to_sign_in

    @property
    def finds_nothing(self) -> bool:
        return self.code == (303 if self.rule.mild else 404)

    @property
    def tells_a_secret(self) -> bool:
        return SECRET in self.text.lower()


class Gate:
    """`complaints` are of whatever was not answered as it has to be."""

    def __init__(self, app: Flask, teams: TwoTeams, kept: KeptBox, rules: Mapping[str, Rule]) -> None:
        self.app, self.teams, self.kept, self.rules = app, teams, kept, rules
        self.routes: dict[str, Route] = {route.endpoint: route for route in app.url_map.iter_rules()}
        self._pages: dict[str, tuple[str, str]] = {}

    def method(self, endpoint: str) -> str:
        (method,) = (self.routes[endpoint].methods or set()) - {"HEAD", "OPTIONS"}
        return method

    def is_unsafe(self, endpoint: str) -> bool:
        return self.method(endpoint) in UNSAFE

    def ask(self, login: str, endpoint: str, things: Mapping[str, Any], **headers: str) -> Asked:
        rule, method = self.rules[endpoint], self.method(endpoint)
        return self.open(login, method, self._address(endpoint, things), rule, things, **headers)

    def open(
        self, login: str, method: str, address: str, rule: Rule, things: Mapping[str, Any], **headers: str
    ) -> Asked:
        client = self.app.test_client()
        if login in self.teams.tokens:
            client.set_cookie(SIGN_IN, self.teams.tokens[login])
        session, token = self._page(login)
        client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], session)
        answer = client.open(
            address,
            method=method,
            data=_filled(rule.sent, things) if method in UNSAFE else None,
            query_string=_filled(rule.asked, things),
            headers={"X-CSRFToken": token, **headers},
        )
        endless = answer.mimetype == "text/event-stream"
        text = "" if endless else answer.get_data().decode("utf-8", "replace")
        answer.close()
        return Asked(f"{login}: {method} {address} answers {answer.status}", answer, text, rule)

    def changes(self, asked: Asked) -> list[str]:
        """Complaints of tables that are not as they were; afterwards they are again."""
        apart = OF_THE_READER | ({"event"} if asked.rule.noted else set())
        changed = [table for table in self.kept.changed() if table not in apart]
        return [f"{asked.what} and changes {table}" for table in changed]

    def _address(self, endpoint: str, things: Mapping[str, Any]) -> str:
        names, named = self.rules[endpoint].names, _ARGUMENT.findall(self.routes[endpoint].rule)
        assert len(named) == len(names), f"{endpoint} names {named}, its rule {names}"
        values = [name.strip("'") if name.startswith("'") else things[name] for name in names]
        return self.app.url_map.bind("localhost").build(endpoint, dict(zip(named, values, strict=True)))

    def _page(self, login: str) -> tuple[str, str]:
        """The cookie and the token that a page of theirs has."""
        if login not in self._pages:
            client = self.app.test_client()
            if login in self.teams.tokens:
                client.set_cookie(SIGN_IN, self.teams.tokens[login])
            found = _TOKEN.search(client.get("/help/", follow_redirects=True).text)
            cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
            assert found is not None
            assert cookie is not None
            self._pages[login] = cookie.value, found[1]
        return self._pages[login]


def _filled(texts: Mapping[str, Any], things: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(text).format_map(things) for name, text in texts.items()}
