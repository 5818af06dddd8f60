"""Customers and what they do; what their phones show."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from appliance_sandbox.server import customers  # noqa: F401 - loading them enters the acts
from appliance_sandbox.server.customers.acts import perform
from appliance_sandbox.server.customers.view import list_phones, show_chat
from appliance_sandbox.server.pages.control.common import body, sandbox
from appliance_sandbox.server.parameters import Parameters, read_parameters
from appliance_sandbox.server.people import NAMES

blueprint = Blueprint("customers", __name__)
MOST_ACTS = 10_000


@blueprint.get("/customers")
def list_customers() -> list[dict[str, Any]]:
    return sandbox().people.all()


@blueprint.post("/customers")
def add_customer() -> dict[str, Any]:
    """`first_name`, `last_name`, `username`, `language_code`; `id` to choose or to rename."""
    fields = body()
    names = {name: str(fields[name]) for name in NAMES if fields.get(name)}
    return sandbox().people.add(fields.get("id"), **names)


@blueprint.post("/customers/<int:person_id>/deactivate")
def deactivate(person_id: int) -> dict[str, Any]:
    sandbox().people.deactivate(person_id)
    return sandbox().people.get(person_id)


@blueprint.post("/bots/<int:bot_id>/customers/<int:person_id>/<name>")
def act(bot_id: int, person_id: int, name: str) -> dict[str, Any]:
    """One act, its fields as JSON or, with files, as a form whose field `fields` holds them as JSON."""
    fields = read_parameters(request)
    if packed := fields.mapping("fields"):
        fields = Parameters(packed, fields.uploads)
    return perform(sandbox(), sandbox().bots.by_id(bot_id), person_id, name, fields)


@blueprint.post("/bots/<int:bot_id>/acts")
def act_many(bot_id: int) -> dict[str, Any]:
    """`acts`: a list of `{"customer", "act", …fields}`, done in one go; answers the last update id."""
    todo = body().get("acts") or []
    if len(todo) > MOST_ACTS:
        raise ValueError(f"at most {MOST_ACTS} acts at once")
    bot, last = sandbox().bots.by_id(bot_id), None
    with sandbox().database.transaction():
        for one in todo:
            done = perform(sandbox(), bot, int(one["customer"]), str(one["act"]), Parameters(one))
            last = done.get("update_id") or last
    return {"done": len(todo), "update_id": last}


@blueprint.get("/bots/<int:bot_id>/chats/<int(signed=True):chat_id>")
def view_chat(bot_id: int, chat_id: int) -> dict[str, Any]:
    """What the phone shows; `?limit=` newest messages."""
    limit = min(request.args.get("limit", 200, int), 5000)
    return show_chat(sandbox(), sandbox().bots.by_id(bot_id), chat_id, limit)


@blueprint.get("/bots/<int:bot_id>/phones")
def view_phones(bot_id: int) -> list[dict[str, Any]]:
    """Every customer with the last message of their chat, latest first."""
    return list_phones(sandbox(), sandbox().bots.by_id(bot_id))
