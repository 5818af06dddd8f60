"""What the Bot API answers: a result, or a refusal in words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_LONGEST_WAIT = 7 * 86_400.0
_LOOKS_LIKE_AN_ANSWER = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')


@dataclass(eq=False)
class Refusal(Exception):
    """The server said no. `status` is the HTTP status; `description` its words ('' when it was no Bot API answer)."""

    status: int
    description: str = ""
    retry_after: float | None = None
    migrate_to: str = ""


class NotAnAnswer(Exception):
    """A success by its status whose body is no Bot API answer: a captive portal, a proxy, a cut line."""


def read_answer(status: int, body: bytes) -> Any:
    """The `result` of an answer; raises Refusal or NotAnAnswer."""
    answer = _read_object(body)
    if 200 <= status < 300 and answer.get("ok") is True and "result" in answer:
        return answer["result"]
    if 200 <= status < 300 and answer.get("ok") is not False:
        raise NotAnAnswer
    raise _read_refusal(status, answer)


def looks_like_an_answer(body: bytes) -> bool:
    """It begins as the Bot API's good answers do, even if the rest cannot be decoded."""
    return _LOOKS_LIKE_AN_ANSWER.match(body) is not None


def _read_refusal(status: int, answer: dict[str, Any]) -> Refusal:
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    migrate_to = parameters.get("migrate_to_chat_id")
    code = answer.get("error_code")
    return Refusal(
        status=code if isinstance(code, int) and 300 <= code < 600 else status,
        description=str(answer.get("description") or ""),
        retry_after=_read_wait(parameters.get("retry_after")),
        migrate_to=str(migrate_to) if isinstance(migrate_to, int | str) else "",
    )


def _read_wait(seconds: Any) -> float | None:
    if not isinstance(seconds, int | float) or not seconds > 0:
        return None
    return min(float(seconds), _LONGEST_WAIT)


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
