"""What is done on a page before its picture is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page

Step = Callable[[Page], None]
PATIENCE = 8000.0


def first_visible(page: Page, selector: str) -> Locator:
    """Of several that mean the same on different screens."""
    page.locator(selector).first.wait_for(state="attached", timeout=PATIENCE)
    return page.locator(selector).locator("visible=true").first


def click(selector: str) -> Step:
    return lambda page: first_visible(page, selector).click(timeout=PATIENCE)


def click_last(selector: str) -> Step:
    return lambda page: page.locator(selector).locator("visible=true").last.click(timeout=PATIENCE)


def hover(selector: str) -> Step:
    return lambda page: first_visible(page, selector).hover(timeout=PATIENCE)


def press(keys: str) -> Step:
    return lambda page: page.keyboard.press(keys)


def type_into(selector: str, text: str) -> Step:
    return lambda page: first_visible(page, selector).fill(text, timeout=PATIENCE)


def see(selector: str) -> Step:
    """Wait until it is there, and bring it into view."""
    return lambda page: first_visible(page, selector).scroll_into_view_if_needed(timeout=PATIENCE)


def see_last(selector: str) -> Step:
    return lambda page: page.locator(selector).last.scroll_into_view_if_needed(timeout=PATIENCE)


def tick(selector: str, count: int) -> Step:
    """The first so many boxes; they may lie below what is drawn."""

    def act(page: Page) -> None:
        for number in range(count):
            page.locator(selector).nth(number).check(force=True, timeout=PATIENCE)

    return act


def attach(selector: str, paths: Sequence[Path]) -> Step:
    def act(page: Page) -> None:
        page.locator(selector).set_input_files(list(paths))
        page.locator(".tray-ready").nth(len(paths) - 1).wait_for(timeout=30_000)

    return act


def pause(seconds: float) -> Step:
    """For what moves by itself."""
    return lambda page: page.wait_for_timeout(seconds * 1000)
