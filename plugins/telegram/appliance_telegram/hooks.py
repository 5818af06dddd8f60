"""Where Telegram is to post this box's updates, and how each side knows the other."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from appliance import box
from appliance_telegram.bot_settings import BotSettings

# Comes with every post; header names are lower case here.
PROOF_HEADER = "x-telegram-bot-api-secret-token"
_KEY = "webhook.key"
_MARK = "box"


def hook_address(settings: BotSettings, connection_id: int) -> str:
    """The whole address; its mark tells this box's address from those of all other programs."""
    return f"{settings.public_url}/hooks/{connection_id}?{_MARK}={_derive(settings, 'mark')[:16]}"


def is_ours(url: str, settings: BotSettings) -> bool:
    """Whether this box set that address, be it under another public name or number."""
    return hmac.compare_digest(url.rpartition(f"?{_MARK}=")[2].encode(), _derive(settings, "mark")[:16].encode())


def hook_secret(settings: BotSettings) -> str:
    """What Telegram has to send along: 64 hexadecimal digits."""
    return _derive(settings, "secret")


def proves_itself(given: str, settings: BotSettings) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), hook_secret(settings).encode())


def _derive(settings: BotSettings, purpose: str) -> str:
    return hmac.new(_box_key() + settings.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _box_key() -> bytes:
    """This box's own random key, so that another box with the same bot is another one."""
    try:
        file = box().folder("telegram") / _KEY
    except RuntimeError:
        # The contract tests and the command line use the channel without a running box.
        return b""
    if not file.exists():
        _make_once(file)
    return file.read_bytes()


def _make_once(file: Path) -> None:
    """Whole or not at all, and never over another process's key: a link fails where a rename replaces."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent)  # 0600 from the start
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_bytes(32))
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        Path(draft).unlink()
