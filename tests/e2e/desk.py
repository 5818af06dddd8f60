"""What staff do and see at the desk, in the words of this product."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class Desk:
    """One tab of a signed-in agent. English, unless it was opened otherwise."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.locator("#log-items")
        self.rows = page.locator("#rows")
        self.composer = page.locator("#composer")
        self.text = page.locator("#composer-text")
        self.header = page.locator("#ticket-header")
        self.ticket_state = self.header.locator(".chat-state")

    def open_inbox(self, tab: str = "") -> None:
        self.page.goto(f"/inbox?tab={tab}" if tab else "/inbox")

    def open(self, ticket: int) -> None:
        """Shown and listening to news."""
        self.page.goto(f"/t/{ticket}")
        expect(self.page.locator("#log")).to_have_attribute("aria-busy", "false")

    def read(self, ticket: int) -> None:
        """To its end, and opened once more: what has not been read yet is shown whole, however long it is."""
        self.open(ticket)
        self.page.locator("#log").press("End")
        expect(self.row(ticket).locator(".badge")).to_have_count(0)
        self.open(ticket)

    def row(self, ticket: int) -> Locator:
        return self.page.locator(f"#row-{ticket}")

    @property
    def bubbles(self) -> Locator:
        """Of people and the box, oldest first; those that are just being sent are not among them."""
        return self.log.locator("> li[data-message]")

    def bubble(self, words: str) -> Locator:
        """The one that says so."""
        return self.bubbles.filter(has_text=words)

    def part(self, kind: str) -> Locator:
        """The newest part of this kind: photo, video, voice, …"""
        return self.log.locator(f".part-{kind}").last

    def show_map(self) -> None:
        """Scroll to the newest location: a map is drawn when somebody can see it."""
        self.part("location").scroll_into_view_if_needed()
        expect(self.part("location").locator("path.land").first).to_be_attached()

    def press_in_menu(self, bubble: Locator, item: str) -> None:
        """What stands behind the three dots of a message."""
        bubble.hover()
        bubble.get_by_role("button", name="More for this message").click()
        self.page.get_by_role("menuitem", name=item).click()

    def press_to_add(self, item: str) -> Locator:
        """What stands behind the plus below the text; the dialog that opens, if one does."""
        self.page.locator("#add-menu > summary").click()
        self.page.locator("#add-menu").get_by_role("button", name=item).click()
        return self.page.locator("dialog[open]")

    def state_of(self, bubble: Locator) -> Locator:
        """Carries `data-state`: queued, sending, sent, …"""
        return bubble.locator(".delivery")

    def choose(self, mode: str) -> None:
        """reply or note."""
        self.composer.locator(f'.segment[data-choose="{mode}"]').click()

    def reply(self, words: str) -> Locator:
        self.choose("reply")
        return self._write(words)

    def note(self, words: str) -> Locator:
        self.choose("note")
        return self._write(words)

    def attach(self, paths: Sequence[Path]) -> None:
        """Returns once all of them are uploaded."""
        before = self.page.locator(".tray-ready").count()
        self.page.locator("#attach").set_input_files(list(paths))
        expect(self.page.locator(".tray-ready")).to_have_count(before + len(paths))

    def send_as(self, kind: str) -> None:
        """The newest attached file."""
        self.page.locator(".tray-kind").last.select_option(kind)

    def send(self) -> Locator:
        """The bubble of what was written and attached."""
        mine = self.log.locator("> li.message-mine[data-message]")
        before = mine.count()
        self.page.locator("#send").click()
        return mine.nth(before)

    def expect_state(self, bubble: Locator, state: str) -> None:
        expect(self.state_of(bubble)).to_have_attribute("data-state", state)

    def expect_words(self, words: Sequence[str]) -> None:
        """These texts, in this order and nothing between them, are the newest bubbles."""
        expect(self.bubbles.last).to_contain_text(words[-1])
        shown = self.log.locator("> li[data-message] .part-words").all_inner_texts()
        assert shown[-len(words) :] == list(words)

    def _write(self, words: str) -> Locator:
        self.text.fill(words)
        return self.send()
