"""A PDF as pictures of its pages and as words, by poppler's programs in limited children."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from appliance import MadeRendition
from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.jpeg_size import read_size
from appliance_media.reasons import Reason, Refused
from appliance_media.texts import MOST_BYTES, make_text

THUMBNAIL_SIDE = 480
PAGE_SIDE = 1980  # the long side: an upright A4 page is then 1400 wide
MOST_PAGES = 20
MOST_PAGES_OF_WORDS = 200
LIMITS = Limits(seconds=40, processor_seconds=20, memory=768 * MEBIBYTE, file_size=16 * MEBIBYTE)
ALL_PAGES_SECONDS = 180  # a book of heavy plans does not hold the slow lane for longer


class _Enough(Exception):
    """There are words enough; the rest of the book may stay unread."""


def count_pages(source: Path) -> int:
    """How many pages there are. Raises Refused for a broken PDF and for one that asks for a password."""
    answer = run(["pdfinfo", "-enc", "UTF-8", str(source.absolute())], LIMITS).decode("utf-8", "replace")
    found = re.search(r"^Pages:\s+(\d{1,9})\s*$", answer, re.MULTILINE)
    if found is None or found[1] == "0":
        raise Refused(Reason.UNREADABLE, "no pages")
    return int(found[1])


def draw_first_page(source: Path, pages: int, folder: Path) -> list[MadeRendition]:
    """'thumbnail' and 'page-1', which knows how many pages there are. Raises Refused."""
    small = _draw(source, 1, THUMBNAIL_SIDE, folder, "thumbnail", {})
    return [small, _draw(source, 1, PAGE_SIDE, folder, "page-1", {"pages": pages})]


def draw_other_pages(source: Path, pages: int, folder: Path) -> Iterator[MadeRendition]:
    """'page-2' and on, without a gap: it ends at the first that cannot be drawn, or when time is up."""
    deadline = time.monotonic() + ALL_PAGES_SECONDS
    with suppress(Refused):
        for number in range(2, min(pages, MOST_PAGES) + 1):
            if time.monotonic() > deadline:
                return
            yield _draw(source, number, PAGE_SIDE, folder, f"page-{number}", {})


def read_words(source: Path, folder: Path) -> list[MadeRendition]:
    """'text', for who cannot see the pages; nothing of a scan. Words that cannot be read are no failure."""
    words = bytearray()

    def collect(chunk: bytes) -> None:
        words.extend(chunk)
        if len(words) > MOST_BYTES:
            raise _Enough

    command = ["pdftotext", "-q", "-enc", "UTF-8", "-l", str(MOST_PAGES_OF_WORDS), str(source.absolute()), "-"]
    with suppress(Refused, _Enough):
        run(command, LIMITS, collect)
    return make_text(bytes(words), folder)


def _draw(source: Path, page: int, side: int, folder: Path, kind: str, data: dict[str, int]) -> MadeRendition:
    target = folder / kind
    where = ["-f", str(page), "-l", str(page), "-singlefile", "-scale-to", str(side)]
    command = ["pdftoppm", "-q", "-jpeg", "-jpegopt", "quality=82", *where]
    run([*command, str(source.absolute()), str(target)], LIMITS)
    picture = target.with_suffix(".jpg")
    return MadeRendition(kind, picture, "image/jpeg", *read_size(picture), data=data)
