"""Whom a forwarded message is from, in words; hidden people by the name they show."""

from __future__ import annotations

from appliance_telegram.border import Raw, read_line, section
from appliance_telegram.people import NAME, read_name, read_title

_SIGNATURE = 64
_LONGEST = 200
# How updates told it before `forward_origin`; some servers still do.
_LEGACY = ("forward_from", "forward_from_chat", "forward_sender_name", "forward_date")


def read_origin(message: Raw) -> str:
    """'' when it was not forwarded, '?' when it was and nothing more is told."""
    origin = section(message, "forward_origin")
    if origin:
        place = section(origin, "sender_chat") or section(origin, "chat")
        name = read_name(section(origin, "sender_user")) or read_line(origin, "sender_user_name", NAME)
        return _join(name or read_title(place), read_line(origin, "author_signature", _SIGNATURE))
    if not any(field in message for field in _LEGACY):
        return ""
    name = read_title(section(message, "forward_from_chat")) or read_name(section(message, "forward_from"))
    signature = read_line(message, "forward_signature", _SIGNATURE)
    return _join(name or read_line(message, "forward_sender_name", NAME), signature)


def _join(name: str, signature: str) -> str:
    return f"{name} ({signature})"[:_LONGEST] if name and signature else name or signature or "?"
