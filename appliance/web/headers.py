"""What every answer tells the browser not to do."""

from __future__ import annotations

import re

from flask import Flask, Response

from appliance.plugins import plugins

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    # What a page has just recorded is heard and seen before it is sent. A blob: address is made by our own script, and
    # what it names is played, never run.
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Plugins may add places to fetch from; never where scripts, styles or forms may go.
_WIDENED = frozenset({"img-src", "media-src", "connect-src", "font-src"})
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=(self), payment=()",
}


def init_app(app: Flask) -> None:
    app.after_request(protect)


def protect(response: Response) -> Response:
    """A view that set its own policy (a file, sandboxed) keeps it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html" or "Content-Security-Policy" not in response.headers:
        response.headers.setdefault("Content-Security-Policy", content_policy())
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def content_policy() -> str:
    """The policy, widened by what plugins ask for and the owner has allowed."""
    allowed = dict(POLICY)
    for plugin, sources in plugins().ask("content_sources"):
        for directive, origin in sources:
            if directive in _WIDENED and _ORIGIN.fullmatch(origin):
                allowed[directive] += f" {origin}"
            else:
                plugins().note(plugin, "content_sources", ValueError(f"{directive} {origin} is not allowed"))
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())
