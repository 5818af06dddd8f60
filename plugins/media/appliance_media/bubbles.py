"""A file inside its bubble: playing, being prepared, or with the reason why it cannot be shown."""

from __future__ import annotations

from flask import render_template
from flask_babel import format_decimal
from markupsafe import Markup

from appliance import FILE_KINDS, FileView, PartView, RenditionView
from appliance_media.fitting import fit
from appliance_media.leaves import leaf_through
from appliance_media.reasons import OTHER_WORDS, explain

VIEWS = {
    "photo": "media/_photo.html",
    "sticker": "media/_sticker.html",
    "video_note": "media/_round.html",
    "animation": "media/_animation.html",
}
VIEWS_BY_MIME = {"image": "media/_photo.html", "video": "media/_film.html", "audio": "media/_voice.html"}
FILM_SPEEDS = (0.5, 1, 1.5, 2)


def render(part: PartView) -> Markup | None:
    """HTML of a part with a file we hold; None leaves it to others. Needs a request, for the reader's language."""
    file = part.file
    if file is None or file.state != "ready" or part.kind not in FILE_KINDS:
        return None
    shown = file.renditions.get("playable")
    if shown is not None:
        return _draw(_view_for(part.kind, shown), part, file, shown=shown)
    if part.kind == "document":
        leaves = leaf_through(file.renditions)
        return _draw("media/_document.html", part, file, leaves=leaves) if leaves else None
    if file.making == "running":
        return _draw("media/_preparing.html", part, file)
    if file.making == "failed":
        return _draw("media/_failed.html", part, file, reason=explain(file.failure) or OTHER_WORDS)
    return None


def render_dialogs() -> Markup:
    """The windows in which photos, films and documents are seen large, once in a page."""
    return _fill("media/_dialogs.html")


def _view_for(kind: str, shown: RenditionView) -> str:
    """By the kind it came as, unless what was made of it is another: a voice sent as a film has no picture."""
    family = shown.mime.partition("/")[0]
    if kind in VIEWS and (family == "image") == (kind in ("photo", "sticker")) and family != "audio":
        return VIEWS[kind]
    return VIEWS_BY_MIME.get(family, "media/_photo.html")


def _draw(template: str, part: PartView, file: FileView, **more: object) -> Markup:
    return _fill(template, part=part, file=file, renditions=file.renditions, **more)


def _fill(template: str, **facts: object) -> Markup:
    speeds = [(speed, f"{format_decimal(speed)}×") for speed in FILM_SPEEDS]
    page = render_template(template, fit=fit, film_speeds=speeds, **facts)
    return Markup(page)  # noqa: S704 - the template escapes everything it is given
