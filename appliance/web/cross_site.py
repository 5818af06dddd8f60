"""Requests that another site's page makes in our agent's name: refused by token and by origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def init_app(app: Flask) -> None:
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # as long as the cookie it belongs to: desks stay open for days
        WTF_CSRF_SSL_STRICT=False,  # check_origin is stricter
    )
    app.before_request(check_origin)
    CSRFProtect(app)


def check_origin() -> None:
    """Browsers name the page's origin with every unsafe request; Sec-Fetch-Site only on HTTPS and localhost."""
    if request.method not in UNSAFE:
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        abort(403)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
