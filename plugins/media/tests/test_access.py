"""What axe says of bubbles and of the windows they open, in both themes, on desk and phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from PIL import Image
from playwright.sync_api import Page, expect

from appliance import MadeRendition
from plugins.media.tests.browsing import PHONE, Make, Open
from plugins.media.tests.desk import Desk

pytestmark = pytest.mark.e2e
SCREENS: dict[str, dict[str, Any]] = {"desk": {}, "phone": PHONE}
looks = pytest.mark.parametrize(
    ("screen", "theme"), [(screen, theme) for screen in SCREENS for theme in ("light", "dark")]
)


def fill(desk: Desk, make: Make, folder: Path) -> None:
    """One of everything."""
    desk.put(make("voice.ogg", "voice"), "voice")
    desk.put(make("plain.mp4", "video"), "video")
    desk.put(make("plain.mp4", "video_note"), "video_note")
    desk.put(make("photo.heic", "photo"), "photo")
    for kind in ("photo", "video", "photo", "photo", "photo"):
        desk.put(make("plain.mp4" if kind == "video" else "photo.jpg", kind), kind, message=5)  # type: ignore[arg-type]  # a PartKind each
    desk.put(make("photo.jpg", "photo"), "photo", dropped=True)
    desk.put(document(folder), "document")
    desk.put({}, "video", making="running", progress=40)
    desk.put({}, "video", making="failed", failure="unreadable")


def document(folder: Path) -> dict[str, MadeRendition]:
    page, text = folder / "page.jpg", folder / "text.txt"
    Image.new("RGB", (700, 990), "white").save(page)
    text.write_text("Invoice", encoding="utf-8")
    return {
        "page-1": MadeRendition("page-1", page, "image/jpeg", 700, 990, data={"pages": 3}),
        "text": MadeRendition("text", text, "text/plain"),
    }


@looks
def test_bubbles_keep_nobody_out(
    open_page: Open, desk: Desk, make: Make, tmp_path: Path, screen: str, theme: str
) -> None:
    fill(desk, make, tmp_path)
    desk.theme = theme
    page = open_page(**SCREENS[screen])
    page.goto("/")
    check(page, "article")


@looks
def test_windows_keep_nobody_out(
    open_page: Open, desk: Desk, make: Make, tmp_path: Path, screen: str, theme: str
) -> None:
    fill(desk, make, tmp_path)
    desk.theme = theme
    page = open_page(**SCREENS[screen])
    page.goto("/")
    page.get_by_role("button", name="Open the photo, Anna, 14:07").first.click()
    check(page, "#media-lightbox")
    page.keyboard.press("ArrowRight")
    check(page, "#media-lightbox")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Open IMG_0412.mov").click()
    check(page, "#media-reader")
    page.get_by_role("button", name="Text").click()
    expect(page.locator("#media-reader pre")).to_have_text("Invoice")
    check(page, "#media-reader")


def check(page: Page, where: str) -> None:
    """Landmarks and headings are the desk's, not a bubble's."""
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"], "preload": False}
    found = Axe().run(page, context=where, options=rules)
    assert found.response["passes"]
    assert found.response["violations"] == []
