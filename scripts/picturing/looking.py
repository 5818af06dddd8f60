"""A browser for each screen and theme: takes pictures, and notes what no page should do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from playwright.sync_api import Error as BrowserError

from scripts.picturing.pictures import NARROW, Picture
from tests.e2e.browsers import PHONE
from tests.e2e.watch import TELL_VIOLATIONS

HEIGHTS = {1440: 900, 1024: 768, 390: 844}
LONGEST = 4000  # pixels; more of a page nobody looks at
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
HEIGHT = """() => [
  Math.max(...[...document.querySelectorAll("html, #content")].map((each) => each.scrollHeight)),
  document.querySelector("#content")?.clientHeight ?? innerHeight,
]"""
SETTLED = """() => document.fonts.status === "loaded" && !document.querySelector("#log[aria-busy=true]")
  && [...document.images].every((image) => image.complete || image.loading === "lazy")"""


@dataclass(frozen=True)
class Look:
    """Which of all variants."""

    language: str
    theme: str
    width: int

    @property
    def folder(self) -> str:
        return f"{self.language}/{self.theme}/{self.width}"


@dataclass
class Looker:
    """`complaints`: one line for each picture and fault. `asked`: the paths that any page asked the box for."""

    browser: Browser
    url: str
    out: Path
    complaints: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    _contexts: dict[tuple[str, Look], BrowserContext] = field(default_factory=dict)
    _now: str = ""

    def take_all(
        self,
        pictures: Iterable[Picture],
        looks: Sequence[Look],
        known: Mapping[str, object],
        sessions: Mapping[str, httpx.Client],
    ) -> None:
        """Each page in every variant before the next page: the desk looks the same in all of them."""
        for picture in pictures:
            print(f"{looks[0].language} {picture.name}", flush=True)
            for look in looks:
                if look.width in picture.widths:
                    self.take(picture, look, known, sessions.get(picture.who))

    def take(self, picture: Picture, look: Look, known: Mapping[str, object], session: httpx.Client | None) -> None:
        """Stored under `out`; a complaint when what has to be done before it could not be done."""
        self._now = f"{look.folder}/{picture.name}"
        page = self._context(picture.who, look, session).new_page()
        try:
            page.goto(picture.address.format_map(known), wait_until="load")
            let_settle(page)
            for step in picture.steps:
                step(page)
            let_settle(page)
            if picture.whole:
                self._grow(page, look.width)
            self._measure(page)
            target = self.out / f"{self._now}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=target, animations="disabled", caret="hide")
        except BrowserError as error:
            self._complain(f"not taken: {str(error).splitlines()[0]}")
        finally:
            page.close()

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()

    def _context(self, who: str, look: Look, session: httpx.Client | None) -> BrowserContext:
        if (who, look) not in self._contexts:
            screen = PHONE if look.width == NARROW else {}
            viewport = {"width": look.width, "height": HEIGHTS[look.width]}
            shown = {"viewport": viewport, "locale": LOCALES[look.language], "color_scheme": look.theme}
            options: dict[str, Any] = {**screen, **shown}
            context = self.browser.new_context(base_url=self.url, **options)
            context.set_default_timeout(30_000)
            context.add_cookies(cookies_of(session, self.url) if session else [])
            context.add_init_script(TELL_VIOLATIONS)
            context.on("console", self._hear)
            context.on("response", self._note)
            self._contexts[who, look] = context
        return self._contexts[who, look]

    def _grow(self, page: Page, width: int) -> None:
        """As high as what it shows: pages scroll inside of a frame, which a long picture would not follow."""
        needed, frame = page.evaluate(HEIGHT)
        outside = max(0, HEIGHTS[width] - frame)
        page.set_viewport_size({"width": width, "height": min(LONGEST, max(HEIGHTS[width], needed + outside))})
        page.wait_for_timeout(250)

    def _measure(self, page: Page) -> None:
        for said in page.evaluate(MEASURE):
            self._complain(said)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self._complain(f"console: {message.text}")

    def _note(self, response: Response) -> None:
        parts = urlsplit(response.url)
        self.asked.add(parts.path)
        if response.status >= 400 and response.request.resource_type != "document":
            self._complain(f"{response.status}: {parts.path}")

    def _complain(self, words: str) -> None:
        line = f"{self._now}: {words}"
        if line not in self.complaints:
            self.complaints.append(line)
            print(f"  {line}", flush=True)


def cookies_of(session: httpx.Client, url: str) -> list[Any]:
    """What a browser has to bring along to be this visitor."""
    return [{"name": one.name, "value": one.value or "", "url": url} for one in session.cookies.jar]


def let_settle(page: Page) -> None:
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(250)
