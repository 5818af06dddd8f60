"""How the server behaves: its pace, its mode, how old what it keeps seems, and when bots spoke."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from flask import Blueprint, request

from appliance_sandbox.server.ageing import make_older
from appliance_sandbox.server.pages.control.common import body, sandbox
from appliance_sandbox.server.rates import Pace

blueprint = Blueprint("manners", __name__)
SETTABLE = frozenset(field.name for field in fields(Pace))


@blueprint.get("/pace")
def show_pace() -> dict[str, Any]:
    """Empty while nothing limits the bots."""
    pace = sandbox().rates.pace
    return asdict(pace) if pace else {}


@blueprint.put("/pace")
def keep_pace() -> dict[str, Any]:
    """The fields of `Pace`; those left out have its values."""
    wanted = body()
    if unknown := set(wanted) - SETTABLE:
        raise ValueError(f"a pace has no {', '.join(sorted(unknown))}")
    sandbox().rates.keep(Pace(**wanted))
    return show_pace()


@blueprint.delete("/pace")
def lift_pace() -> dict[str, bool]:
    sandbox().rates.keep(None)
    return {"ok": True}


@blueprint.get("/mode")
def show_mode() -> dict[str, bool]:
    return {"local": sandbox().mode.local}


@blueprint.put("/mode")
def set_mode() -> dict[str, bool]:
    """`local`: files of any size, as an own server with --local hands them out."""
    sandbox().mode.local = bool(body().get("local"))
    return show_mode()


@blueprint.post("/bots/<int:bot_id>/chats/<int(signed=True):chat_id>/age")
def age(bot_id: int, chat_id: int) -> dict[str, int]:
    """Everything said and pressed there happened `seconds` earlier."""
    seconds = int(body()["seconds"])
    make_older(sandbox(), bot_id, chat_id, seconds)
    return {"seconds": seconds}


@blueprint.get("/sendings")
def list_sendings() -> list[dict[str, Any]]:
    """When bots spoke: `?bot_id=`, `?chat_id=`; oldest first."""
    arguments = request.args
    return sandbox().journal.sendings(arguments.get("bot_id", 0, int), arguments.get("chat_id", ""))
