"""What HTMX says about a request. Flask-HTMX reads the headers of htmx 2; these are the ones htmx 4 sends.

`HX-Source` replaced the trigger headers and, like `HX-Target`, has the form 'tag#id'.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Flask, Response, request
from flask_htmx import HTMX

# Answers that are not for the page: live news says nothing changed, errors become a toast.
CONFIG: Mapping[str, object] = {
    "noSwap": [204, 304, "4xx", "5xx"],
    "defaultTimeout": 30_000,
    "includeIndicatorCSS": False,
    "transitions": False,
    # Back and forward load the page: half of the desk's state is not in its HTML.
    "history": "reload",
    # A morph leaves open menus open.
    "morphIgnore": ["data-htmx-powered", "open"],
}


class Htmx(HTMX):  # type: ignore[misc]  # flask-htmx ships no types
    """The request as htmx 4 describes it. False when the request came from elsewhere."""

    @property
    def source(self) -> str:
        """The id of the element that asked, or ''."""
        return _id_of("HX-Source")

    @property
    def target(self) -> str:
        """The id of the element that gets the answer, or ''."""
        return _id_of("HX-Target")

    @property
    def partial(self) -> bool:
        """The page wants a fragment, not a whole page."""
        return bool(self) and request.headers.get("HX-Request-Type", "partial") == "partial"


htmx = Htmx()


def vary(response: Response) -> Response:
    """The same address answers a page or a fragment: caches must keep them apart."""
    response.vary.add("HX-Request")
    return response


def reswapped(response: Response, swap: str) -> Response:
    """Answer with another swap than the element asked for (Flask-HTMX refuses htmx 4's morphs)."""
    response.headers["HX-Reswap"] = swap
    return response


def triggered(response: Response, **events: object) -> Response:
    """Fire DOM events on the asking element."""
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def init_app(app: Flask) -> None:
    htmx.init_app(app)


def _id_of(header: str) -> str:
    return request.headers.get(header, "").partition("#")[2]
