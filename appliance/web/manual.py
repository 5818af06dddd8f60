"""/help: the manual in the reader's language, written in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markdown_it import MarkdownIt
from markupsafe import Markup

from appliance import paths
from appliance.web.form_errors import reader_language

blueprint = Blueprint("help", __name__, url_prefix="/help")
# Files are named '1-getting-started.md': the number orders them, the rest is the address.
_FILE = re.compile(r"\d+-([a-z-]+)")


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
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Chapter(match[1], title, Markup(html))  # noqa: S704  (our own files, through a renderer without HTML)
