"""Bytes under their own name."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.services import blobs


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Path:
    blobs.bind(tmp_path)
    return tmp_path


def test_it_keeps_bytes_under_their_sum() -> None:
    blob = blobs.put(lambda target: target.write(b"till"))
    assert blob == blobs.Blob(hashlib.sha256(b"till").hexdigest(), 4)
    with blobs.open_blob(blob.sha256) as stream:
        assert stream.read() == b"till"


def test_the_same_bytes_are_kept_once(store: Path) -> None:
    first = blobs.put(lambda target: target.write(b"same"))
    second = blobs.put(lambda target: target.write(b"same"))
    assert first == second
    assert [path for path in store.rglob("*") if path.is_file()] == [
        store / first.sha256[:2] / first.sha256[2:4] / first.sha256
    ]


def test_too_many_bytes_leave_nothing_behind(store: Path) -> None:
    with pytest.raises(blobs.TooLarge):
        blobs.put(lambda target: target.write(b"12345"), limit=4)
    assert not [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "Z" * 64, "0" * 64])
def test_a_name_that_is_no_sum_of_ours_is_gone(name: str) -> None:
    with pytest.raises(blobs.Gone):
        blobs.open_blob(name)


def test_a_workshop_is_swept_at_the_end(store: Path) -> None:
    with blobs.workshop() as folder:
        (folder / "half").write_bytes(b"x")
    assert not folder.exists()


def test_what_a_killed_process_had_in_the_making_is_removed(store: Path) -> None:
    """A process of its own, killed while it writes; what this one is writing stays."""
    writing = (
        "import os, sys; from pathlib import Path; from appliance.services import blobs; blobs.bind(Path(sys.argv[1]));"
        "blobs.put(lambda target: (target.write(b'half'), os.kill(os.getpid(), 9)))"
    )
    assert subprocess.run([sys.executable, "-c", writing, str(store)], check=False).returncode == -signal.SIGKILL
    (store / "tmp" / "left by an older version").mkdir()
    with blobs.scratch() as path:
        blobs.tidy()
        assert list((store / "tmp").iterdir()) == [path]
    assert not [found for found in store.rglob("*") if found.is_file()]
