"""What a request that meets a fault gets instead of its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Response, jsonify
from waitress.channel import ClientDisconnected

from appliance_sandbox.server.errors import CONFLICT_POLLER, ApiError, too_many
from appliance_sandbox.server.faults import Fault

Work = Callable[[], Response]
MISSING_BYTES = 100
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


def misbehave(fault: Fault, work: Work, closing: threading.Event) -> Response:
    """Answer wrongly, late or not at all. `closing` ends every wait."""
    if refusal := _refusal(fault):
        return error_response(refusal)
    if fault.kind == "bad_gateway":
        return Response(BAD_GATEWAY, 502, mimetype="text/html")
    if fault.kind == "truncate":
        whole = work().get_data()
        return Response(whole[: max(1, len(whole) // 2)], mimetype="application/json")
    if fault.kind == "cut_short":
        answer = work()
        answer.content_length = len(answer.get_data()) + MISSING_BYTES
        return answer
    if fault.kind == "delay":
        closing.wait(fault.seconds)
        return work()
    if fault.works:
        work()
    if fault.kind == "hang":
        closing.wait(fault.seconds)
    # waitress ends the connection without a byte for this one.
    raise ClientDisconnected


def error_response(error: ApiError) -> Response:
    response = jsonify(error.body())
    response.status_code = error.code
    return response


def _refusal(fault: Fault) -> ApiError | None:
    match fault.kind:
        case "too_many_requests":
            return too_many(fault.retry_after)
        case "internal_error":
            return ApiError(500, "Internal Server Error: restart")
        case "conflict":
            return ApiError(409, CONFLICT_POLLER)
        case "unauthorized":
            return ApiError(401, "Unauthorized")
        case _:
            return None
