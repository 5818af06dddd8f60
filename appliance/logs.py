"""What the processes write down: one line to stderr, and no token or password in it."""

from __future__ import annotations

import logging
import re
import sys

from appliance.config import Config

FORMAT = "%(levelname)s %(name)s: %(message)s"
HIDDEN = "[hidden]"
_SECRETS = (
    # A bot's token is a part of every Bot API address, and clients write down the addresses they ask.
    (re.compile(r"\b(?:bot)?\d{6,20}:[\w-]{20,}"), HIDDEN),
    # What stands before the @ of an address: a proxy's login and password.
    (re.compile(r"(?<=://)[^/\s@:]+:[^/\s@]+(?=@)"), HIDDEN),
    (re.compile(r"(?i)\b((?:authorization|cookie)['\"]?\s*[=:]\s*).+"), rf"\1{HIDDEN}"),
    (
        re.compile(r"(?i)\b((?:password|passwd|token|secret)['\"]?\s*[=:]\s*)(?:'[^']*'|\"[^\"]*\"|[^\s'\"&,;]+)"),
        rf"\1{HIDDEN}",
    ),
)


def redact(text: str) -> str:
    """The text without whatever looks like a secret."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Works on the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(config: Config) -> None:
    """Called once, first thing in a process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(config.log_level)
    for chatty in ("httpx", "httpcore", "waitress", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
