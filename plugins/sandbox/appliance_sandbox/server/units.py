"""The Bot API counts text in UTF-16 units: an emoji is two."""

from __future__ import annotations


def length(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, size: int) -> str:
    """The piece of a text at a UTF-16 offset."""
    return text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + size) * 2].decode(
        "utf-16-le", "surrogatepass"
    )
