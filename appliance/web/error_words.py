"""Refusals of services in words: one line of text that the page shows as a toast or beside the composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response
from flask_babel import gettext as _

_STATUS = {"not_found": 404, "too_large": 413}


def plain(code: str, params: Mapping[str, Any] | None = None) -> Response:
    """409 with the words as plain text, which the page's script shows as they are."""
    response = make_response(words(code, params or {}), _STATUS.get(code, 409))
    response.mimetype = "text/plain"
    return response


def words(code: str, params: Mapping[str, Any]) -> str:
    known = _WORDS.get(code)
    return known(params) if known else _("That did not work (%(code)s).", code=code)


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "not_found": lambda _p: _("This is no longer there."),
    "taken": lambda p: _("%(name)s has already taken it.", name=p.get("name") or _("Someone")),
    "no_agent": lambda _p: _("This colleague can no longer be assigned."),
    "bad_outcome": lambda _p: _("There is no such outcome."),
    "bad_time": lambda _p: _("Choose a time that is still to come."),
    "empty": lambda _p: _("Write something or attach a file first."),
    "no_address": lambda _p: _("There is no way to reach this customer. A note is possible."),
    "blocked": lambda _p: _("The customer has blocked us. A note is possible."),
    "no_connection": lambda _p: _("The connection of this ticket is gone. A note is possible."),
    "file_gone": lambda _p: _("An attached file is no longer there. Attach it again."),
    "too_large": lambda p: _("%(name)s is larger than %(limit)s MB.", name=p.get("name", ""), limit=p.get("limit", "")),
    "too_late": lambda _p: _("Too late: it has already left."),
    "too_long": lambda _p: _("The text is too long."),
    "bad_mode": lambda _p: _("That did not work. Please try again."),
}
