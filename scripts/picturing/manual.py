"""The manual's pictures: parts of pages, in light colours, small enough to be served by the box."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from scripts.picturing.demo_desk import Desk
from scripts.picturing.looking import LOCALES, cookies_of, let_settle
from scripts.picturing.steps import Step, click, click_last, hover, pause, see, tick
from tests.e2e.browsers import PHONE
from tests.harness.processes import ROOT

LARGEST = 60 * 1024
MARGIN = 8
DESK, PHONE_SIZE = {"width": 1280, "height": 760}, {"width": 390, "height": 700}
TICKET = "/t/{main}"


@dataclass(frozen=True)
class Excerpt:
    """`parts`: CSS selectors; the picture holds all of them. None: what fits on the screen. `most`: at most so high."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    parts: tuple[str, ...] = ()
    phone: bool = False
    most: int = 620


EXCERPTS = (
    Excerpt("desk", TICKET, most=640),
    Excerpt("phone-list", "/inbox", phone=True, most=700),
    Excerpt("phone-chat", TICKET, phone=True, most=700),
    Excerpt("composer", TICKET, parts=("#composer",)),
    Excerpt("saved-replies", TICKET, (click("#open-replies"), see(".reply-option"), pause(0.5)), ("#replies-dialog",)),
    Excerpt(
        "handover",
        TICKET,
        (click("#more-menu > summary"), click("[data-hands-over]"), see("#handover-dialog form")),
        ("#handover-dialog",),
    ),
    Excerpt("card", TICKET, (see("#card section.subtasks"),), ("#card",)),
    Excerpt(
        "select",
        TICKET,
        (
            hover("#log-items .message-in"),
            click_last("#log-items .message-in [data-menu-of]"),
            click('[data-do="select"]'),
            pause(0.5),
        ),
        ("#workplace .chat, #workplace",),
    ),
    Excerpt("search", "/search?q={search}", parts=("main .page, #content",)),
    Excerpt("filters", "/inbox?tab=all&assignee=me&team={team}", parts=("#list",), most=480),
    Excerpt(
        "selection",
        "/inbox?tab=all",
        (click("#select-several"), tick("#rows .row-check input", 3)),
        ("#list",),
        most=760,
    ),
    Excerpt("notifications", "/inbox", (click("#bell"), pause(0.8)), ("#bell-list",)),
    Excerpt("customer", "/customers/{main_contact}", parts=("main .page",)),
    Excerpt("today", "/today", parts=("main .page",), most=700),
    Excerpt("template", "/settings/templates/tickets/{template}", parts=("main",), most=700),
    Excerpt("staff", "/settings/staff/", parts=("main",), most=600),
)


def draw(browser: Browser, desk: Desk) -> None:
    """Into docs/manual, beside the chapters of the desk's language."""
    language, url = desk.box.language, desk.box.url
    target = ROOT / "docs" / "manual" / language / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for phone in (False, True):
        screen = {**PHONE, "device_scale_factor": 1, "viewport": PHONE_SIZE} if phone else {"viewport": DESK}
        context = browser.new_context(base_url=url, locale=LOCALES[language], color_scheme="light", **screen)
        context.add_cookies(cookies_of(desk.owner.http, url))
        for excerpt in EXCERPTS:
            if excerpt.phone == phone:
                try:
                    size = store(shoot(context, excerpt, desk.known), target / f"{excerpt.name}.png")
                    print(f"{language} {excerpt.name}: {size // 1024} KB", flush=True)
                except BrowserError as error:
                    print(f"{language} {excerpt.name}: not taken: {str(error).splitlines()[0]}", flush=True)
        context.close()


def shoot(context: BrowserContext, excerpt: Excerpt, known: Mapping[str, object]) -> bytes:
    page = context.new_page()
    page.goto(excerpt.address.format_map(known), wait_until="load")
    let_settle(page)
    for step in excerpt.steps:
        step(page)
    let_settle(page)
    left, top, right, bottom = bounds(page, excerpt.parts)
    clip = {"x": left, "y": top, "width": right - left, "height": min(bottom - top, excerpt.most)}
    taken = page.screenshot(animations="disabled", caret="hide", clip=clip)  # type: ignore[arg-type]
    page.close()
    return taken


def bounds(page: Page, parts: Sequence[str]) -> tuple[float, float, float, float]:
    """Around all parts, within the window."""
    size = page.viewport_size or DESK
    boxes = [box for part in parts if (box := page.locator(part).locator("visible=true").first.bounding_box())]
    if not boxes:
        return 0, 0, size["width"], size["height"]
    return (
        max(0, min(box["x"] for box in boxes) - MARGIN),
        max(0, min(box["y"] for box in boxes) - MARGIN),
        min(size["width"], max(box["x"] + box["width"] for box in boxes) + MARGIN),
        min(size["height"], max(box["y"] + box["height"] for box in boxes) + MARGIN),
    )


def store(taken: bytes, target: Path) -> int:
    """As few colours as it takes to stay small; how many bytes it has."""
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    size = 0
    for colours in (128, 96, 64, 48, 32):
        made = io.BytesIO()
        image.quantize(colours, kmeans=1, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        target.write_bytes(made.getvalue())
        size = len(made.getvalue())
        if size <= LARGEST:
            break
    return size
