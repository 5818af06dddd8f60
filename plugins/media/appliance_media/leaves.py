"""What of a document can be read in the page: pictures of its first pages, its text, how much of it that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appliance import RenditionView

PAGE = "page-"


@dataclass(frozen=True)
class Leaves:
    """`total`: how many pages the document has, at least those that are here. `cut`: the text goes on in the
    original."""

    pages: tuple[RenditionView, ...]
    total: int
    text: RenditionView | None
    cut: bool


def leaf_through(renditions: Mapping[str, RenditionView]) -> Leaves | None:
    """None when there is nothing to read."""
    pages = _pages(renditions)
    text = renditions.get("text")
    if not pages and text is None:
        return None
    cut = bool(text and text.data.get("cut"))
    return Leaves(pages, max(len(pages), _told(renditions)), text, cut)


def _pages(renditions: Mapping[str, RenditionView]) -> tuple[RenditionView, ...]:
    numbered = {
        int(kind.removeprefix(PAGE)): made
        for kind, made in renditions.items()
        if kind.startswith(PAGE) and kind.removeprefix(PAGE).isdecimal() and made.url
    }
    return tuple(numbered[number] for number in sorted(numbered))


def _told(renditions: Mapping[str, RenditionView]) -> int:
    """What whoever made them has counted."""
    counts = (made.data.get("pages") for made in renditions.values())
    return max((count for count in counts if isinstance(count, int)), default=0)
