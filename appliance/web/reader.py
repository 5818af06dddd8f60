"""Who looks at the page that is being made."""

from __future__ import annotations

from flask import g, has_request_context

from appliance.values import Actor


def reader() -> Actor:
    """Raises RuntimeError outside of a request."""
    if not has_request_context():
        raise RuntimeError("nobody looks at a page now")
    actor: Actor = g.actor
    return actor
