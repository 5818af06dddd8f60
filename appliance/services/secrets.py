"""What must not be read from a copy of the database: encrypted with a key that lies beside it, 0600.

It protects copies and backups of the database, not a box that somebody else controls.
"""

from __future__ import annotations

import json
import os
import secrets as randomness
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

ENCRYPTION = "secrets.key"
SIGNING = "pages.key"


class SecretsError(Exception):
    """The key that these were encrypted with is gone."""


class _Door:
    folder: Path | None = None
    cipher: MultiFernet | None = None


def bind(folder: Path) -> None:
    """Where the keys lie; they are made the first time they are needed."""
    _Door.folder = folder
    _Door.cipher = None


def encrypt(values: Mapping[str, str]) -> str:
    """Names and secret values as one text for the database; '' for nothing."""
    if not values:
        return ""
    return _cipher().encrypt(json.dumps(dict(values)).encode()).decode("ascii")


def decrypt(text: str) -> dict[str, str]:
    """The reverse of encrypt; SecretsError if it was made with another key."""
    if not text:
        return {}
    try:
        return {str(name): str(value) for name, value in json.loads(_cipher().decrypt(text.encode())).items()}
    except InvalidToken:
        raise SecretsError("the key in data/keys does not fit the database") from None


def signing_key() -> str:
    """What signs the pages' own cookie (CSRF, messages shown once)."""
    return _read_or_make(SIGNING, lambda: randomness.token_urlsafe(48))


def _cipher() -> MultiFernet:
    if _Door.cipher is None:
        # One key a line, the newest first: old ones still open what they closed.
        lines = _read_or_make(ENCRYPTION, lambda: Fernet.generate_key().decode("ascii")).split()
        _Door.cipher = MultiFernet([Fernet(line) for line in lines])
    return _Door.cipher


def _read_or_make(name: str, make: Callable[[], str]) -> str:
    if _Door.folder is None:
        raise RuntimeError("the keys are not bound: create_app does it")
    file = _Door.folder / name
    if not file.exists():
        _write_once(file, make())
    return file.read_text("ascii").strip()


def _write_once(file: Path, text: str) -> None:
    """Whole or not at all, and never over another process's key: a link fails where a rename replaces."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # 0600 from the start
    try:
        with os.fdopen(descriptor, "w") as opened:
            opened.write(text + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        Path(draft).unlink()
