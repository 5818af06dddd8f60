"""Bots: add, list, revoke; their queues of updates."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.pages.control.common import body, sandbox

blueprint = Blueprint("bots", __name__, url_prefix="/bots")
STATES = frozenset({"active", "revoked", "logged_out"})


@blueprint.get("")
def list_bots() -> list[dict[str, Any]]:
    return [asdict(bot) for bot in sandbox().bots.all()]


@blueprint.post("")
def add_bot() -> dict[str, Any]:
    """`token` (else a new one), `name`, `username`."""
    fields = body()
    bot = sandbox().bots.add(
        fields.get("token"), fields.get("name") or "Sandbox", fields.get("username") or "sandbox_bot"
    )
    return asdict(bot)


@blueprint.patch("/<int:bot_id>")
def change_bot(bot_id: int) -> dict[str, Any]:
    """`state`: active, revoked (401 from now on), logged_out; `renew`: a new token; `reads_groups`: no privacy mode."""
    bots, fields = sandbox().bots, body()
    bots.by_id(bot_id)
    if "state" in fields:
        if fields["state"] not in STATES:
            raise ValueError(f"a state is one of {', '.join(sorted(STATES))}")
        bots.set_state(bot_id, fields["state"])
    if fields.get("renew"):
        bots.renew(bot_id)
    if "reads_groups" in fields:
        bots.set_reads_groups(bot_id, bool(fields["reads_groups"]))
    return asdict(bots.by_id(bot_id))


@blueprint.get("/<int:bot_id>/updates")
def list_updates(bot_id: int) -> list[Any]:
    """What waits in the queue; bytes that are no JSON come as `{"raw": base64}`."""
    return [_readable(one) for one in sandbox().updates.pending(_bot(bot_id).id)]


@blueprint.post("/<int:bot_id>/updates")
def inject(bot_id: int) -> dict[str, Any]:
    """`update` (a dict, queued whatever kinds the bot asked for; `keep_id` keeps its id) or `raw` (base64)."""
    fields, updates = body(), sandbox().updates
    _bot(bot_id)
    if "raw" in fields:
        return {"update_id": updates.inject_bytes(bot_id, base64.b64decode(fields["raw"]))}
    update = fields.get("update")
    if not isinstance(update, dict):
        raise ValueError("an update is a JSON object")
    return {"update_id": updates.inject(bot_id, update, bool(fields.get("keep_id")))}


def _bot(bot_id: int) -> Bot:
    return sandbox().bots.by_id(bot_id)


def _readable(update: bytes) -> Any:
    try:
        return json.loads(update)
    except (ValueError, RecursionError):
        return {"raw": base64.b64encode(update).decode()}
