"""Short codes for links: letters that survive every address bar, and are not mistaken for one another on paper."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def invent(length: int) -> str:
    """Random letters, five bits each; not to be guessed."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
