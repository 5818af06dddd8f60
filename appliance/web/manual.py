"""/help: the manual in the reader's language, written in Markdown."""

from __future__ import annotations

import re
import struct
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from appliance import paths
from appliance.web.form_errors import reader_language

blueprint = Blueprint("help", __name__, url_prefix="/help")
# Files are named '01-getting-started.md': the number orders them, the rest is the address.
_FILE = re.compile(r"\d+-([a-z-]+)")
# Beside the chapters, so that their links work wherever the files are read.
PICTURES = "pictures"
_PNG_SIZE = struct.Struct(">8x8xII")


@dataclass(frozen=True)
class Chapter:
    name: str
    title: str
    html: Markup


@blueprint.get("/")
def index() -> ResponseReturnValue:
    known = chapters(reader_language())
    return redirect(url_for("help.chapter", name=next(iter(known)))) if known else abort(404)


@blueprint.get("/<name>")
def chapter(name: str) -> ResponseReturnValue:
    known = chapters(reader_language())
    if name not in known:
        abort(404)
    return render_template("help/chapter.html", chapter=known[name], chapters=known.values())


@blueprint.get("/pictures/<language>/<name>.png")
def picture(language: str, name: str) -> ResponseReturnValue:
    known = [folder.name for folder in paths.MANUAL.iterdir() if folder.is_dir()]
    if language not in known:
        abort(404)
    return send_from_directory(paths.MANUAL / language / PICTURES, f"{name}.png", max_age=3600)


@cache
def chapters(language: str) -> dict[str, Chapter]:
    """Every chapter of a language, in order; English where there is no translation."""
    folder = paths.MANUAL / language
    folder = folder if folder.is_dir() else paths.MANUAL / "en"
    read = (_read(file) for file in sorted(folder.glob("*.md")))
    return {chapter.name: chapter for chapter in read if chapter is not None}


def _read(file: Path) -> Chapter | None:
    match = _FILE.fullmatch(file.stem)
    if match is None:
        return None
    text = file.read_text("utf-8")
    title = text.partition("\n")[0].lstrip("# ").strip()
    # HTML in the text stays text: the manual needs none, and a plugin's chapter must not bring any.
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", _draw)
    reader.add_render_rule("heading_open", _head)
    html = reader.render(text, {"folder": file.parent})
    return Chapter(match[1], title, Markup(html))  # noqa: S704  (our own files, through a renderer without HTML)


def _head(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A heading that links can lead to, by its words as Git forges write them."""
    tag = tokens[index].tag
    if tag == "h1":
        return "<h1>"
    words = re.sub(r"[^\w\- ]", "", tokens[index + 1].content.lower()).replace(" ", "-")
    return f'<{tag} id="{escape(words)}">'


def _draw(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    """A picture as large as it is, so that nothing moves while it loads; pressed, it opens alone."""
    name, words = Path(str(tokens[index].attrs.get("src", ""))).name, escape(tokens[index].content)
    folder: Path = env["folder"]
    size = _size(folder / PICTURES / name)
    if size is None:
        return str(words)
    address, shape = escape(f"{PICTURES}/{folder.name}/{name}"), f'width="{size[0]}" height="{size[1]}"'
    return f'<a class="picture" href="{address}"><img src="{address}" alt="{words}" {shape} loading="lazy"></a>'


def _size(picture: Path) -> tuple[int, int] | None:
    """Of a PNG, from its head; None where there is none."""
    try:
        with picture.open("rb") as file:
            width, height = _PNG_SIZE.unpack(file.read(_PNG_SIZE.size))
    except (FileNotFoundError, struct.error):
        return None
    return int(width), int(height)
