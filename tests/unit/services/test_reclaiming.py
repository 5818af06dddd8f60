"""Bytes that no row mentions go, and no others, whoever brings the same ones meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from appliance import db
from appliance.models import File, Rendition
from appliance.services import blobs, reclaiming
from tests.harness.waiting import wait_until
from tests.unit.services.conftest import Desk

OLD = blobs.NEW_SECONDS + 60


def keep(content: bytes, age: float = OLD) -> str:
    blob = blobs.put(lambda target: target.write(content))
    if age:
        with blobs.local_copy(blob.sha256) as path:
            os.utime(path, (time.time() - age, time.time() - age))
    return blob.sha256


def is_kept(name: str) -> bool:
    try:
        return blobs.blob_size(name) > 0
    except blobs.Gone:
        return False


def mention(name: str) -> None:
    with db.write() as session:
        session.add(File(kind="photo", state="ready", sha256=name, size=1))


def test_what_nothing_mentions_goes(desk: Desk) -> None:
    orphan, file, rendition = keep(b"orphan"), keep(b"file"), keep(b"rendition")
    mention(file)
    with db.write() as session:
        session.add(Rendition(file_id=1, kind="poster", mime="image/jpeg", sha256=rendition, size=1))
    assert list(reclaiming.orphans()) == [orphan]
    assert reclaiming.reclaim(reclaiming.orphans()) == (1, len(b"orphan"))
    assert [is_kept(name) for name in (orphan, file, rendition)] == [False, True, True]


def test_what_came_lately_stays(desk: Desk) -> None:
    """Its row may be about to be written."""
    fresh = keep(b"fresh", age=0)
    assert list(reclaiming.orphans()) == []
    assert reclaiming.reclaim([fresh]) == (0, 0)
    assert is_kept(fresh)


def test_what_has_come_again_stays(desk: Desk) -> None:
    name = keep(b"again")
    keep(b"again", age=0)
    assert reclaiming.reclaim([name]) == (0, 0)
    assert is_kept(name)


def test_what_has_come_to_be_mentioned_stays(desk: Desk) -> None:
    name = keep(b"late")
    found = list(reclaiming.orphans())
    mention(name)
    assert reclaiming.reclaim(found) == (0, 0)


def test_bytes_that_come_while_the_same_ones_go_are_there_afterwards(desk: Desk) -> None:
    """Many times both at once: whoever comes first, what was brought is there."""
    for round_number in range(40):
        content = b"round %d" % round_number
        name = keep(content)
        start = threading.Barrier(2)
        bringing = threading.Thread(target=lambda: (start.wait(), keep(content, age=0)))  # noqa: B023  (joined below)
        bringing.start()
        start.wait()
        reclaiming.reclaim([name])
        bringing.join()
        assert is_kept(name)
        mention(name)


def test_in_eight_hours_every_shelf_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [keep(b"%d" % number) for number in range(30)]
    begun = time.time()
    for hour in range(reclaiming.ROUND):
        monkeypatch.setattr(reclaiming.time, "time", lambda hour=hour: begun + hour * 3600)
        reclaiming.tidy()
    assert not any(is_kept(name) for name in names)


def test_a_kill_between_the_steps_loses_nothing_but_room(desk: Desk, tmp_path: Path) -> None:
    """A process that changes the row and is killed before it removes the bytes."""
    name = keep(b"halfway")
    mention(name)
    halfway = (
        "import os, sys; from pathlib import Path; from appliance.app import bind_doors; from appliance import db;"
        "from appliance.config import Config; from appliance.models import File; from appliance.services import blobs;"
        "bind_doors(Config(data=Path(sys.argv[1])));\n"
        "with db.write() as session: session.get_one(File, 1).sha256 = ''\n"
        "blobs.remove_unless(sys.argv[2], lambda: os.kill(os.getpid(), 9))"
    )
    done = subprocess.run([sys.executable, "-c", halfway, str(tmp_path), name], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert is_kept(name)
    wait_until(lambda: reclaiming.reclaim(reclaiming.orphans()) == (1, 7), "the lock's end with its holder")
