"""/healthz: answers when this process serves. No database, no word about anything."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from appliance.web.security import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
