from __future__ import annotations

from datetime import timedelta

import pytest

from appliance import db
from appliance.models import File, now
from appliance.services import instance
from appliance.services.file_sums import sums
from appliance.values import FileSum
from tests.unit.services.conftest import Desk

GONE = "elsewhere-1-1"


@pytest.fixture(autouse=True)
def files(desk: Desk) -> None:
    old = now() - timedelta(days=30)
    with db.write() as session:
        for kind, making, owner, seconds, at in (
            ("video", "", "", 60.0, old),
            ("video", "", "", 30.0, now()),
            ("video", "slow", instance.me(), 10.0, now()),
            ("video", "slow", GONE, 10.0, now()),
            ("voice", "quick", "", 5.0, now()),
            ("voice", "failed", "", None, now()),
        ):
            made = File(kind=kind, state="ready", making=making, lease_owner=owner, duration=seconds, created_at=at)
            session.add(made)
        session.add(File(kind="video", state="fetching"))


def test_it_tells_how_files_of_each_kind_stand() -> None:
    assert list(sums()) == [
        FileSum("video", "", 2, 90.0),
        FileSum("video", "running", 1, 10.0),
        FileSum("video", "waiting", 1, 10.0),
        FileSum("voice", "failed", 1, 0.0),
        FileSum("voice", "waiting", 1, 5.0),
    ]


def test_it_counts_some_kinds_since_a_day() -> None:
    assert list(sums(("video",), now() - timedelta(days=1))) == [
        FileSum("video", "", 1, 30.0),
        FileSum("video", "running", 1, 10.0),
        FileSum("video", "waiting", 1, 10.0),
    ]
