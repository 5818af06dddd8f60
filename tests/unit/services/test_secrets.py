"""Secrets at rest."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from appliance.services import secrets


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    secrets.bind(tmp_path)
    return tmp_path


def test_what_was_encrypted_comes_back(keys: Path) -> None:
    closed = secrets.encrypt({"token": "1:ключ", "proxy": ""})
    assert "ключ" not in closed
    assert secrets.decrypt(closed) == {"token": "1:ключ", "proxy": ""}


def test_nothing_is_nothing(keys: Path) -> None:
    assert secrets.encrypt({}) == ""
    assert secrets.decrypt("") == {}
    assert not list(keys.iterdir())


def test_the_key_is_for_its_owner_alone(keys: Path) -> None:
    secrets.encrypt({"token": "1"})
    secrets.signing_key()
    assert [stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()] == [0o600, 0o600]


def test_another_key_opens_nothing(keys: Path) -> None:
    closed = secrets.encrypt({"token": "1"})
    (keys / secrets.ENCRYPTION).write_text(Fernet.generate_key().decode())
    secrets.bind(keys)
    with pytest.raises(secrets.SecretsError):
        secrets.decrypt(closed)


def test_a_newer_key_leaves_the_older_one_its_work(keys: Path) -> None:
    closed = secrets.encrypt({"token": "1"})
    file = keys / secrets.ENCRYPTION
    file.write_text(Fernet.generate_key().decode() + "\n" + file.read_text())
    secrets.bind(keys)
    assert secrets.decrypt(closed) == {"token": "1"}
    file.write_text(file.read_text().splitlines()[0])
    secrets.bind(keys)
    assert secrets.decrypt(secrets.encrypt({"token": "2"})) == {"token": "2"}


def test_many_at_once_make_one_key(keys: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: secrets.signing_key(), range(32)))
    assert len(made) == 1
    assert [file.name for file in keys.iterdir()] == [secrets.SIGNING]
