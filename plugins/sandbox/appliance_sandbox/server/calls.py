"""One call of a method, and the table the methods enter themselves into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.server import specification
from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.errors import ApiError, bad_request
from appliance_sandbox.server.parameters import Parameters
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, with what."""

    sandbox: Sandbox
    bot: Bot
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class RawResult:
    """A result that is already JSON (or is meant not to be)."""

    body: bytes


Method = Callable[[Call], Any]
METHODS: dict[str, Method] = {}
# Where the published server has words of its own for a parameter that is not there.
MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty", "file_id": "file_id not specified"}
FILES = frozenset(
    {"photo", "video", "video_note", "voice", "audio", "document", "animation", "sticker"},
)


def method(name: str) -> Callable[[Method], Method]:
    """Enter a function as the method of that name."""

    def enter(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return enter


def perform(call: Call, name: str) -> Any:
    """Do the method; ApiError for one that is unknown, incomplete or not part of the sandbox."""
    published = specification.methods().get(name.lower())
    if not published:
        raise ApiError(404, "Not Found: method not found")
    for parameter in published.required:
        if parameter not in call.parameters:
            raise bad_request(_missing(parameter))
    if published.name.lower() not in METHODS:
        raise bad_request(f"the sandbox does not implement {published.name}")
    return METHODS[published.name.lower()](call)


def _missing(parameter: str) -> str:
    if parameter in FILES:
        return f"there is no {parameter.replace('_', ' ')} in the request"
    return MISSING.get(parameter, f'parameter "{parameter}" is required')
