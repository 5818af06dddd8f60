"""What the control pages share."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from appliance_sandbox.server.state import Sandbox

EXTENSION = "sandbox"


def sandbox() -> Sandbox:
    """The sandbox of the running application."""
    found: Sandbox = current_app.extensions[EXTENSION]
    return found


def body() -> dict[str, Any]:
    """The JSON object of the request; ValueError for anything else."""
    value = request.get_json(silent=True) if request.data else {}
    if not isinstance(value, dict):
        raise ValueError("a JSON object is expected")
    return value
