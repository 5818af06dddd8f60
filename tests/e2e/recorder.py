"""Recording at the desk, as staff do it: the menu below the text, the strip above it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.desk import Desk

# Two seconds or more, whatever a slow machine made of them.
TWO_SECONDS = re.compile(r"0:(0[2-9]|[1-5]\d)")
FIVE_SECONDS = re.compile(r"0:(0[5-9]|[1-5]\d)")
THIRTY_SECONDS = re.compile(r"0:[345]\d|[1-9]:\d\d")
# How many pieces the browser keeps of recordings that are neither attached nor discarded.
KEPT = """() => new Promise((done, fail) => {
  const opening = indexedDB.open("media-recordings", 1);
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const counting = opening.result.transaction("pieces").objectStore("pieces").count();
    counting.onsuccess = () => { opening.result.close(); done(counting.result); };
  };
})"""


class Recorder:
    """The strip of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.opener = desk.page.locator("#record-menu > summary")
        self.panel = desk.page.locator(".record-panel")
        self.clock = self.panel.locator("[data-time]")
        self.player = self.panel.locator(".record-stage :is(audio, video)")
        self.told = self.panel.locator("[data-told]")
        self.said = self.panel.locator("[data-said]")
        self.unable = desk.page.locator(".record-unable")

    def press(self, kind: str) -> None:
        """voice, video_note, video or screen."""
        self.opener.click()
        self.desk.page.locator(f'[data-record="{kind}"]').click()

    def begin(self, kind: str, until: re.Pattern[str] = TWO_SECONDS) -> None:
        self.press(kind)
        self.expect_state("recording")
        expect(self.clock).to_have_text(until)

    def stop(self) -> None:
        self.do("Stop")
        self.expect_state("checking")

    def record(self, kind: str) -> None:
        """Two seconds of it, ready to be attached."""
        self.begin(kind)
        self.stop()

    def attach(self) -> None:
        """Returns once it is uploaded."""
        before = self.desk.page.locator(".tray-ready").count()
        self.do("Attach")
        expect(self.desk.page.locator(".tray-ready")).to_have_count(before + 1)

    def do(self, name: str) -> None:
        self.button(name).click()

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    def expect_state(self, state: str) -> None:
        """asking, recording, checking, offering or ''."""
        expect(self.panel).to_have_attribute("data-state", state)

    def kept(self) -> int:
        return int(self.desk.page.evaluate(KEPT))
