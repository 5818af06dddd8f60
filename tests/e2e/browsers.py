"""Browsers of staff: each with cookies, tabs and a stream of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.browsers.chromium import launch
from tests.e2e.desk import Desk
from tests.e2e.watch import Watch
from tests.harness.box import PASSWORD

WINDOW = {"width": 1440, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
# A crowded machine may take its time.
SECONDS = 30
SECONDS_TO_LOAD = 90
Options = Any


@contextmanager
def open_chromium(*flags: str, whole: bool = False) -> Iterator[Browser]:
    """Chromium without a window, with further flags of its command line; `whole`: see tests/browsers/chromium.py."""
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        launched = launch(playwright.chromium, *flags, whole=whole)
        yield launched
        launched.close()


class Browsers:
    """Opens them at `address`, watches them, and closes them at the end of the test.

    `known` remembers who has signed in: once for all tests, as a browser does.
    """

    def __init__(self, chromium: Browser, address: str, known: dict[str, StorageState]) -> None:
        self.watch = Watch()
        self._chromium = chromium
        self._address = address
        self._known = known
        self._contexts: list[BrowserContext] = []

    def open(self, login: str, **options: Options) -> Desk:
        """A desk of this agent in a browser of its own; `options` are Playwright's."""
        return Desk(self.open_context(login, **options).new_page())

    def open_context(self, login: str = "", **options: Options) -> BrowserContext:
        """A browser without a page; without a login nobody is signed in."""
        if login and login not in self._known:
            self._known[login] = self._sign_in(login)
        given = {"base_url": self._address, "viewport": WINDOW, "locale": "en-GB", **options}
        context = self._chromium.new_context(storage_state=self._known.get(login), **given)
        context.set_default_timeout(SECONDS * 1000)
        context.set_default_navigation_timeout(SECONDS_TO_LOAD * 1000)
        self.watch.follow(context)
        self._contexts.append(context)
        return context

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _sign_in(self, login: str) -> StorageState:
        with self._chromium.new_context(base_url=self._address) as context:
            sign_in(context.new_page(), login)
            return context.storage_state()


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """As a person does: the form, then the desk."""
    page.goto("/login")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#list")).to_be_visible()
