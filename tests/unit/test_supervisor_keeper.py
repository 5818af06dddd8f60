from __future__ import annotations

import select
import sys

import pytest

from appliance.supervision.child import ChildSpec
from appliance.supervision.keeper import Keeper
from appliance.supervision.timing import NEVER, Timing

ONE_BEAT = "import os, time; os.write(int(os.environ['APPLIANCE_HEARTBEAT_FD']), b'.'); time.sleep(60)"


def test_it_tries_again_when_a_child_cannot_even_be_started(capfd: pytest.CaptureFixture[str]) -> None:
    keeper = Keeper(ChildSpec("worker", ("/nonexistent/worker",)), {}, Timing())
    keeper.tend(now=100)
    assert keeper.next_due() == 100.5
    keeper.tend(now=100.4)
    assert keeper.next_due() == 100.5
    keeper.tend(now=100.5)
    assert keeper.next_due() == 101.5
    assert keeper.describe() == "worker died and starts again"
    assert "worker cannot be started: No such file or directory" in capfd.readouterr().err


def test_a_stop_ends_the_tries() -> None:
    keeper = Keeper(ChildSpec("worker", ("/nonexistent/worker",)), {}, Timing())
    keeper.tend(now=100)
    keeper.stop(kill_at=130)
    keeper.tend(now=200)
    assert keeper.child is None
    assert keeper.next_due() == NEVER
    assert keeper.describe() == "worker stopped"


def test_it_is_patient_until_the_first_beat_and_less_so_from_then_on() -> None:
    keeper = Keeper(ChildSpec("web", (sys.executable, "-c", ONE_BEAT)), {}, Timing())
    keeper.tend(now=100)
    child = keeper.child
    assert child is not None
    assert child.pipe is not None
    try:
        assert keeper.next_due() == 160
        assert not keeper.is_well()
        assert select.select([child.pipe], [], [], 10)[0]
        child.hear(now=103)
        assert keeper.next_due() == 118
        assert keeper.is_well()
        assert not keeper.is_ready()
    finally:
        child.bury()
