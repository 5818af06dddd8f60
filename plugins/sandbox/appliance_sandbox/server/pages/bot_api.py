"""`/bot<token>/<method>` and `/file/bot<token>/<path>`, as published."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from appliance_sandbox.server import methods  # noqa: F401 - loading them enters them
from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.calls import Call, RawResult, perform
from appliance_sandbox.server.errors import ApiError, too_large, too_many
from appliance_sandbox.server.misbehaviour import error_response, misbehave
from appliance_sandbox.server.parameters import Parameters, read_parameters
from appliance_sandbox.server.rates import REFUSED
from appliance_sandbox.server.state import Sandbox

EXTENSION = "sandbox"

blueprint = Blueprint("bot_api", __name__)


@blueprint.route("/bot<token>/<name>", methods=["GET", "POST"])
def call_method(token: str, name: str) -> Response:
    sandbox: Sandbox = current_app.extensions[EXTENSION]
    request.max_content_length = sandbox.mode.largest_request
    try:
        bot = sandbox.bots.by_token(token)
        parameters = read_parameters(request)
    except RequestEntityTooLarge:
        return error_response(too_large())
    except ApiError as error:
        return error_response(error)
    fault = sandbox.faults.take(bot.id, name, parameters.text("chat_id"))
    wait = 0 if fault else sandbox.rates.refuse(bot.id, name, parameters.text("chat_id"))
    sandbox.journal.note(bot.id, name, parameters.without_bytes(), fault.kind if fault else REFUSED if wait else None)
    if wait:
        return error_response(too_many(wait))
    if fault:
        return misbehave(fault, lambda: _answer(sandbox, bot, name, parameters), sandbox.closing)
    return _answer(sandbox, bot, name, parameters)


@blueprint.get("/file/bot<token>/<path:path>")
def get_file(token: str, path: str) -> Response:
    sandbox: Sandbox = current_app.extensions[EXTENSION]
    try:
        bot = sandbox.bots.by_token(token)
    except ApiError as error:
        return error_response(error)
    # A server in local mode hands out paths and serves no files.
    known = None if sandbox.mode.local else sandbox.files.at(bot.id, path)
    if not known:
        return error_response(ApiError(404, "Not Found"))
    fault = sandbox.faults.take(bot.id, "file", "")

    def answer() -> Response:
        return send_file(sandbox.files.bytes_of(known), mimetype="application/octet-stream")

    return misbehave(fault, answer, sandbox.closing) if fault else answer()


def _answer(sandbox: Sandbox, bot: Bot, name: str, parameters: Parameters) -> Response:
    try:
        result = perform(Call(sandbox, bot, parameters), name)
    except ApiError as error:
        return error_response(error)
    return Response(b'{"ok":true,"result":' + _encoded(result) + b"}", mimetype="application/json")


def _encoded(result: Any) -> bytes:
    return result.body if isinstance(result, RawResult) else json.dumps(result).encode()
