"""Parts of a message drawn inside its bubble: by the first plugin that knows how, else by the core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from appliance.plugins import plugins
from appliance.services import contact_phone
from appliance.values import FILE_KINDS, PartView
from appliance.web import file_asks, kind_words, times

# Kinds with a template of their own; every file without one is a card to download, anything else names its kind.
_OWN = frozenset({"text", "contact", "poll", "dice", "location", "venue"})


def render(part: PartView) -> Markup:
    """HTML of a part, its caption below."""
    return render_bare(part) + render_caption(part)


def render_bare(part: PartView) -> Markup:
    """HTML of a part without its caption."""
    shown = replace(part, label=f"{part.label or _('Customer')}, {times.moment(part.at)}")
    drawn = plugins().ask_first("render_part", part=shown) if part.kind != "text" else None
    if drawn is None:
        return default(shown)
    return Markup(drawn) + _again(shown)  # noqa: S704  (plugins run with full trust)


def render_caption(part: PartView) -> Markup:
    """The words below what is not text itself."""
    if part.kind in ("text", "unknown") or not part.text:
        return Markup()
    return Markup(render_template("parts/text.html", part=part))  # noqa: S704  (our own template, autoescaped)


def split_album(parts: Sequence[PartView]) -> tuple[list[PartView], list[PartView]]:
    """Pictures and films that share a grid, and the rest; a single one needs no grid."""
    seen = [part for part in parts if part.kind in ("photo", "video") and not _needs_words(part)]
    if len(seen) < 2:
        return [], list(parts)
    return seen, [part for part in parts if part not in seen]


def default(part: PartView) -> Markup:
    """The core's own drawing of any part."""
    if part.kind in _OWN:
        name = "location" if part.kind == "venue" else str(part.kind)
    else:
        name = "file" if part.kind in FILE_KINDS and part.file is not None else "unknown"
    facts = {"asks": file_asks.of_part(part), "offer": _offer(part), "name": kind_words.kind_name(part.kind)}
    html = render_template(f"parts/{name}.html", part=part, **facts)
    return Markup(html)  # noqa: S704  (our own template, autoescaped)


def _offer(part: PartView) -> contact_phone.Offer | None:
    return contact_phone.offer(part.id) if part.kind == "contact" and not part.outgoing else None


def _needs_words(part: PartView) -> bool:
    """A file that is not to be seen, with what can be done about it: too much for a grid's cell."""
    file = part.file
    return file is not None and (file.state in ("too_large", "on_click", "failed") or file.making == "failed")


def _again(part: PartView) -> Markup:
    """What could not be prepared may be tried again; not a sticker, of which nothing more could be made."""
    if part.file is None or part.file.making != "failed" or part.kind == "sticker":
        return Markup()
    return Markup(render_template("parts/again.html", part=part))  # noqa: S704  (our own template, autoescaped)
