"""getUpdates, logOut, close."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, RawResult, method
from appliance_sandbox.server.errors import CONFLICT_WEBHOOK, ApiError
from appliance_sandbox.server.specification import update_kinds

LONGEST_POLL = 50


@method("getUpdates")
def get_updates(call: Call) -> RawResult:
    if call.sandbox.bots.webhook(call.bot.id):
        raise ApiError(409, CONFLICT_WEBHOOK)
    remember_allowed_updates(call)
    parameters = call.parameters
    limit = parameters.integer("limit", 100)
    found = call.sandbox.updates.poll(
        call.bot.id,
        offset=parameters.integer("offset"),
        limit=limit if 1 <= limit <= 100 else 100,
        timeout=min(max(0, parameters.integer("timeout")), LONGEST_POLL),
    )
    return RawResult(b"[" + b",".join(found) + b"]")


def remember_allowed_updates(call: Call) -> None:
    """Left out keeps what was; an empty list is the default set; unknown names are ignored."""
    if "allowed_updates" not in call.parameters:
        return
    wanted = [name for name in call.parameters.listing("allowed_updates") if name in update_kinds()]
    call.sandbox.bots.allow_updates(call.bot.id, wanted)


@method("logOut")
def log_out(call: Call) -> bool:
    call.sandbox.bots.set_state(call.bot.id, "logged_out")
    return True


@method("close")
def close(call: Call) -> bool:
    return True
