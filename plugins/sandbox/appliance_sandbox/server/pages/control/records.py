"""What happened: recorded requests, bytes of files, where the control API listens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request, send_file

from appliance_sandbox.server.pages.control.common import sandbox

blueprint = Blueprint("records", __name__)
URL = "SANDBOX_URL"
CONTROL_URL = "SANDBOX_CONTROL_URL"


@blueprint.get("")
def describe() -> dict[str, str]:
    """Where the Bot API is, and the control API's own address, which answers while that refuses connections."""
    return {"url": current_app.config[URL], "control_url": current_app.config[CONTROL_URL]}


@blueprint.get("/requests")
def list_requests() -> list[dict[str, Any]]:
    """`?method=`, `?after=` (id of the last one seen), `?bot_id=`, `?limit=`; oldest first."""
    arguments = request.args
    return sandbox().journal.list(
        arguments.get("method", ""),
        arguments.get("after", 0, int),
        arguments.get("bot_id", 0, int),
        arguments.get("limit", 1000, int),
    )


@blueprint.delete("/requests")
def clear_requests() -> dict[str, bool]:
    sandbox().journal.clear()
    return {"ok": True}


@blueprint.get("/bots/<int:bot_id>/files/<file_id>")
def fetch_file(bot_id: int, file_id: str) -> Response:
    """The bytes of a file, whatever its size; answers Range requests."""
    known = sandbox().files.find(bot_id, file_id)
    if not known:
        raise LookupError(f"no file {file_id}")
    return send_file(sandbox().files.bytes_of(known), mimetype="application/octet-stream", conditional=True)
