"""Keeps the bot's token, which is part of every Bot API address, out of logs and errors."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from appliance_telegram.bot_settings import BotSettings

_ANY_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{20,}", re.ASCII)
# These print whole addresses at DEBUG and INFO …
_CHATTY = ("httpx", "httpcore", "telegram.Bot")
# … and this one an answer it cannot read, with whatever a customer wrote, as an error; we judge the answer ourselves.
_TALKATIVE = "telegram.request"


def quiet_libraries() -> None:
    """Called when the plugin is loaded, before any request can be made."""
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_TALKATIVE).setLevel(logging.CRITICAL)


def redact(text: str, settings: BotSettings | None = None) -> str:
    """The text without this bot's token, any other token, or the proxy's password."""
    if settings is not None:
        text = text.replace(settings.token, "<token>")
        password = urlsplit(settings.proxy).password
        if password:
            text = text.replace(password, "<password>")
    return _ANY_TOKEN.sub("<token>", text)
