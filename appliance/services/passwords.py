"""Passwords as argon2 hashes, sized for a small box: two at once take 38 MiB and 60 ms."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 256
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# The library's defaults would take half a gigabyte for eight people who sign in at once.
_turns = threading.BoundedSemaphore(2)
# Checked when there is no such login, so that a wrong login takes as long as a wrong password.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$kwIEPaCBK/2TpjfqeMeHIw$tLc4XCx6wMJrWE15GCDOl5/uZIhk47Hc9KBqikRE4AY"
# Without letters and digits that are mistaken for each other when read out.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the one; as slow for a login that does not exist (None)."""
    with _turns:
        try:
            _hasher.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def invent(groups: int = 4) -> str:
    """A password to be told to somebody once: 'k3fm-9xqa-…', 79 bits with four groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(groups))
