"""`/control/…`: what a test, a trainer or the practice phone commands. Needs the secret in a header."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, request

from appliance_sandbox.server.errors import ApiError
from appliance_sandbox.server.misbehaviour import error_response
from appliance_sandbox.server.pages.control import bots, customers, faults, groups, manners, records

HEADER = "X-Control-Secret"


def create_control(secret: str) -> Blueprint:
    """The control API. Without a secret it is off. Errors answer as the Bot API's do."""
    control = Blueprint("control", __name__, url_prefix="/control")
    for part in (bots, customers, faults, groups, manners, records):
        control.register_blueprint(part.blueprint)

    @control.before_request
    def check_secret() -> Response | None:
        given = request.headers.get(HEADER, "")
        if secret and hmac.compare_digest(given.encode(), secret.encode()):
            return None
        return error_response(ApiError(403, "the control API needs its secret"))

    @control.errorhandler(LookupError)
    def not_found(error: LookupError) -> Response:
        return error_response(ApiError(404, str(error.args[0] if error.args else error)))

    @control.errorhandler(ValueError)
    @control.errorhandler(TypeError)
    def wrong(error: Exception) -> Response:
        return error_response(ApiError(400, str(error)))

    @control.errorhandler(ApiError)
    def refused(error: ApiError) -> Response:
        return error_response(ApiError(400, error.description))

    return control
