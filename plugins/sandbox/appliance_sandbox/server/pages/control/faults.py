"""Faults: switch them on, look at them, switch them off; refuse connections."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from flask import Blueprint, current_app

from appliance_sandbox.server.faults import LONGEST, Fault
from appliance_sandbox.server.listening import Listener
from appliance_sandbox.server.pages.control.common import body, sandbox

blueprint = Blueprint("faults", __name__)
LISTENER = "sandbox_listener"
SETTABLE = frozenset(field.name for field in fields(Fault)) - {"id", "hits"}


@blueprint.get("/faults")
def list_faults() -> list[dict[str, Any]]:
    return sandbox().faults.all()


@blueprint.post("/faults")
def add_fault() -> dict[str, Any]:
    """The fields of `Fault`, `kind` at least."""
    wanted = body()
    if unknown := set(wanted) - SETTABLE:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
    return asdict(sandbox().faults.add(Fault(**wanted)))


@blueprint.delete("/faults")
def clear_faults() -> dict[str, bool]:
    """Every fault off, no pace to keep; connections are taken again."""
    sandbox().faults.clear()
    sandbox().rates.keep(None)
    _listener().admit()
    return {"ok": True}


@blueprint.post("/refusal")
def refuse() -> dict[str, float]:
    """The Bot API's port refuses connections for `seconds`; the control port stays open."""
    seconds = min(max(0.0, float(body().get("seconds", LONGEST))), LONGEST)
    _listener().refuse(seconds)
    return {"seconds": seconds}


def _listener() -> Listener:
    listener: Listener = current_app.extensions[LISTENER]
    return listener
