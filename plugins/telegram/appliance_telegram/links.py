"""Addresses that open a conversation with the bot."""

from __future__ import annotations

import re

from appliance import Account

_CODE = re.compile(r"[A-Za-z0-9_-]{0,64}", re.ASCII)


def link_of(account: Account | None) -> str:
    """What a customer can open to find the bot: its address, or at least its name."""
    return (account.link or account.handle or account.title) if account else ""


def write_invitation(account: Account, code: str) -> str:
    """The bot's address with a code, if there is one, that comes back when Start is pressed; '' for a bot without an
    address."""
    if not _CODE.fullmatch(code):
        raise ValueError("a start code has up to 64 of the characters A-Z, a-z, 0-9, _ and -")
    return f"{account.link}?start={code}" if account.link and code else account.link
