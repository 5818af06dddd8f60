"""How long the plugin waits, in seconds; two of them are the owner's to set."""

from __future__ import annotations

from appliance import SettingField, box, mark
from appliance_telegram import limits

CONNECT = 10.0
POOL = 30.0
WRITE = 20.0
# A single write of an upload over a slow line, not the whole of it.
MEDIA_WRITE = 300.0
# Telegram answers an upload only once it has taken the file apart.
MEDIA_READ_EXTRA = 90.0
CHECK = 15.0
SLOWEST_LINE_BYTES = 8 << 10
# An own server fetches a file from Telegram before it says where it is; what takes longer is asked for again.
SLOWEST_SERVER_BYTES = 256 << 10
LONGEST_PREPARING = 1800.0

_REQUEST = "telegram.request_timeout"
_POLL = "telegram.poll_timeout"
_DEFAULTS = {_REQUEST: 30, _POLL: 25}


def _check_request(text: str) -> str | None:
    return None if _read(text, 1, 300) else mark("Enter a number of seconds from 1 to 300.")


def _check_poll(text: str) -> str | None:
    return None if _read(text, 1, limits.LONG_POLL_SECONDS) else mark("Enter a number of seconds from 1 to 50.")


FIELDS = (
    SettingField(
        name=_REQUEST,
        label=mark("Seconds to wait for Telegram's answer"),
        kind="number",
        default=str(_DEFAULTS[_REQUEST]),
        help=mark("After that a message counts as one that may have arrived. Raise it on a slow line."),
        check=_check_request,
    ),
    SettingField(
        name=_POLL,
        label=mark("Seconds one question for new messages may stay open"),
        kind="number",
        default=str(_DEFAULTS[_POLL]),
        help=mark("Lower it if the router cuts quiet connections. New messages arrive at once either way."),
        check=_check_poll,
    ),
)


def request_seconds() -> float:
    """How long an answer to an ordinary call may take."""
    return float(_setting(_REQUEST, 300))


def poll_seconds() -> int:
    """How long Telegram may hold a question for updates open."""
    return _setting(_POLL, limits.LONG_POLL_SECONDS)


def _setting(name: str, greatest: int) -> int:
    try:
        text = box().setting(name)
    except RuntimeError:
        # The contract tests and the command line use the channel without a running box.
        text = ""
    return _read(text, 1, greatest) or _DEFAULTS[name]


def _read(text: str, least: int, greatest: int) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        return None
    return int(text) if least <= int(text) <= greatest else None
