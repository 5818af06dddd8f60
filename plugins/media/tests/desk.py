"""A page of the desk around media bubbles: the core's styles, filters and policy, without its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

from flask import Flask, Response, abort, render_template, render_template_string, request, send_file
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.serving import make_server

import appliance_media
from appliance import FileView, MadeRendition, PartKind, PartView, RenditionView
from appliance.web import assets, kind_words, parts, sizes
from tests.harness.templates import keep_compiled

ROOT = Path(__file__).resolve().parents[3]
CATALOGS = Path(appliance_media.__file__).parent / "translations"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="{{ language }}" data-theme="{{ theme }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Ticket</title><link rel="icon" href="data:,">
<meta name="csrf-token" content="a-token">
<meta name="htmx-config" content='{"includeIndicatorCSS":false}'>
{% for sheet in ("tokens", "reset", "components", "parts") %}
<link rel="stylesheet" href="{{ asset("css/" ~ sheet ~ ".css") }}">{% endfor %}
{% for sheet in media.styles %}<link rel="stylesheet" href="{{ asset(sheet, "media") }}">{% endfor %}
<script src="{{ asset("vendor/htmx/htmx.min.js") }}" defer></script>
{% for script in media.scripts %}<script type="module" src="{{ asset(script, "media") }}"></script>{% endfor %}
</head><body>{% for bubble in bubbles %}<article id="bubble-{{ loop.index }}">{{ bubble }}</article>{% endfor %}
<button id="morph" hx-get="/bubbles/1" hx-target="#bubble-1" hx-swap="innerMorph">morph</button>
<button id="replace" hx-get="/bubbles/1" hx-target="#bubble-1" hx-swap="innerHTML">replace</button>
{{ dialogs }}</body></html>"""


def view_of(made: dict[str, MadeRendition], kind: PartKind, number: int = 1, **more: Any) -> PartView:
    """The part a page is given once `made` has been stored; `more` replaces fields of its file."""
    renditions = {
        name: RenditionView(
            name, f"/files/{number}/{name}" if item.path else "", item.mime, item.width, item.height, item.duration,
            item.data,
        )
        for name, item in made.items()
    }  # fmt: skip
    file = FileView(number, "IMG_0412.mov", "video/x", 1234567, "ready", f"/files/{number}", renditions=renditions)
    file = replace(file, **more)
    at = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    return PartView(number, number, 1, kind, "", {}, at, "Anna, 14:07", outgoing=False, file=file)


class Desk:
    """Put parts on its page, then draw them in a request or serve the page to a browser."""

    def __init__(self) -> None:
        self.parts: list[PartView] = []
        self.files: dict[str, MadeRendition] = {}
        self.heard: list[int] = []
        self.language = "en"
        self.theme = "light"
        self.app = keep_compiled(Flask("desk", root_path=str(ROOT)))
        self.app.register_blueprint(appliance_media.register_blueprint(), url_prefix="/media")
        Babel(
            self.app,
            default_translation_directories=f"{ROOT / 'appliance' / 'translations'};{CATALOGS}",
            locale_selector=lambda: self.language,
        )
        for module in (assets, sizes):
            module.init_app(self.app)
        self.app.add_url_rule("/", view_func=self.page)
        self.app.add_url_rule("/bubbles/<int:number>", view_func=self.bubble)
        self.app.add_url_rule("/files/<int:number>/<name>", view_func=self.file)
        self.app.add_url_rule("/files/<int:number>/heard", view_func=self.hear, methods=["POST"])
        self.app.after_request(protect)

    def put(
        self, made: dict[str, MadeRendition], kind: PartKind, *, message: int = 0, text: str = "", **more: Any
    ) -> None:
        """In a message of its own, or in an album's; `more` replaces fields of its file."""
        number = len(self.parts) + 1
        view = view_of(made, kind, number, **more)
        self.parts.append(replace(view, message_id=message or number, text=text))
        self.files.update({f"{number}/{name}": item for name, item in made.items()})

    def draw(self, part: PartView) -> Markup | None:
        with self.app.test_request_context():
            return appliance_media.render_part(part)

    def page(self) -> str:
        return render_template_string(
            PAGE,
            bubbles=[self.bubble(number) for number in dict.fromkeys(part.message_id for part in self.parts)],
            media=appliance_media.page_assets(),
            dialogs=appliance_media.render_slot("dialogs"),
            language=self.language,
            theme=self.theme,
        )

    def bubble(self, number: int) -> Markup:
        """What the desk puts into a bubble, by the desk's own template."""
        found = [part for part in self.parts if part.message_id == number]
        html = render_template(
            "desk/_parts.html",
            message=SimpleNamespace(parts=found),
            split_album=parts.split_album,
            kind_line=kind_words.kind_line,
            render_bare=appliance_media.render_part,
            render_part=appliance_media.render_part,
            render_caption=lambda part: part.text,
        )
        return Markup(html)

    def hear(self, number: int) -> tuple[str, int]:
        self.heard.append(number)
        return "", 204

    def file(self, number: int, name: str) -> Response:
        item = self.files.get(f"{number}/{name}")
        if item is None or item.path is None:
            abort(404)
        return send_file(item.path, mimetype=item.mime, conditional=True, etag=False)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The page's address on the loopback, for as long as the block lasts."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(timeout=5)


def protect(response: Response) -> Response:
    if not request.path.startswith("/files/"):
        response.headers["Content-Security-Policy"] = POLICY
    return response
