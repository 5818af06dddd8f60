"""Addresses that come back from a browser: only pages of ours are gone to."""

from __future__ import annotations

from urllib.parse import urlsplit


def local(address: str | None, otherwise: str = "/") -> str:
    """The address if it is a path on this very origin, else `otherwise`."""
    if not address or not address.startswith("/") or "\\" in address or not address.isprintable():
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc or address.startswith("//") else address
