"""A window of a browser, the same for all of them: what a test of both can do."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

from playwright.sync_api import Page, sync_playwright

from tests.browsers.chromium import launch
from tests.harness.processes import ROOT, WITH_US, children_of

DRIVER = ROOT / "tests" / "browsers" / "firefox.mjs"
# scripts/test installs what tests/browsers/package.json names.
PACKAGES = ROOT / ".venv" / "browsers"
# Longer than the driver's own patience, whose words say more.
SECONDS = 150.0
CLOSE_SECONDS = 30.0
# Answered before it goes on: a form that is only pressed leaves the page some time later.
SIGN_IN = """async (login, password) => {
  const { form } = document.querySelector("input[name=password]");
  [form.elements.login.value, form.elements.password.value] = [login, password];
  const answer = await fetch(form.action, { method: "post", body: new FormData(form) });
  return answer.url;
}"""
LOUD = "--autoplay-policy=no-user-gesture-required"


class Window(Protocol):
    def open(self, url: str) -> str:
        """Go there and wait until it is loaded; where one has arrived."""

    def run(self, text: str) -> Any:
        """The value of a JavaScript expression in the page; of a promise, what it brings. Raises when that raises."""

    def press(self, selector: str) -> None:
        """Click, as a person does."""


class ChromiumWindow:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> str:
        self._page.goto(url)
        return self._page.url

    def run(self, text: str) -> Any:
        return self._page.evaluate(text)

    def press(self, selector: str) -> None:
        self._page.click(selector)


class FirefoxWindow:
    """The driver's standard input and output."""

    def __init__(self, driver: subprocess.Popen[str], log: Path) -> None:
        self._driver = driver
        self._log = log
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def wait_for_start(self) -> str:
        """The browser's name and version."""
        return str(self._hear())

    def open(self, url: str) -> str:
        return str(self._ask("open", url=url))

    def run(self, text: str) -> Any:
        return self._ask("run", text=text)

    def press(self, selector: str) -> None:
        self._ask("press", selector=selector)

    def run_on_every_page(self, text: str) -> None:
        """Before any script of the page."""
        self._ask("always", text=text)

    @property
    def complaints(self) -> list[str]:
        """What its pages said on the console as errors."""
        return list(self._ask("complaints"))

    def close(self) -> None:
        """The end of its input tells the driver to close the browser. If that hangs, both are killed."""
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.close()
        try:
            self._driver.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            for pid in [*children_of(self._driver.pid), self._driver.pid]:
                os.kill(pid, signal.SIGKILL)
            self._driver.wait(CLOSE_SECONDS)
        self._listener.join(CLOSE_SECONDS)
        self._driver.stdout.close()

    def _ask(self, act: str, **more: str) -> Any:
        assert self._driver.stdin is not None
        try:
            self._driver.stdin.write(json.dumps({"act": act, **more}) + "\n")
            self._driver.stdin.flush()
        except BrokenPipeError:
            raise AssertionError(f"Firefox has gone: {self._last_words()}") from None
        return self._hear()

    def _hear(self) -> Any:
        try:
            line = self._answers.get(timeout=SECONDS)
        except queue.Empty:
            raise AssertionError(f"Firefox says nothing: {self._last_words()}") from None
        assert line, f"Firefox has ended: {self._last_words()}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def _listen(self) -> None:
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _last_words(self) -> str:
        return self._log.read_text()[-2000:]


def sign_in(window: Window, address: str, login: str, password: str) -> None:
    window.open(f"{address}/login")
    arrived = window.run(f"({SIGN_IN})(...{json.dumps([login, password])})")
    assert "/login" not in arrived, f"{login} was not let in"


@contextmanager
def open_chromium(environ: Mapping[str, str]) -> Iterator[ChromiumWindow]:
    """`environ`: see `open_firefox`."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, LOUD, whole=True, env={**os.environ, **environ})
        page = browser.new_page()
        page.set_default_timeout(60_000)
        yield ChromiumWindow(page)
        browser.close()


@contextmanager
def open_firefox(folder: Path, environ: Mapping[str, str]) -> Iterator[FirefoxWindow]:
    """Its home, its profile and its log are in `folder`; `environ` is what the sound card asks for."""
    log = folder / "firefox.log"
    ours = {"HOME": str(folder), "TMPDIR": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with log.open("wb") as errors:
        driver = subprocess.Popen(
            (*WITH_US, "node", str(DRIVER), str(PACKAGES)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **ours, **environ},
            start_new_session=True,
        )
    window = FirefoxWindow(driver, log)
    try:
        window.wait_for_start()
        yield window
    finally:
        window.close()
