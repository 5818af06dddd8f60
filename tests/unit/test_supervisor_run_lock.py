from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.supervision.run_lock import NAME, AlreadyRunningError, RunLock, Running, find_running


def test_it_refuses_a_second_one_and_names_the_first(tmp_path: Path) -> None:
    with RunLock(tmp_path, "0.0.0.0:8080"):
        with pytest.raises(AlreadyRunningError) as refusal, RunLock(tmp_path, "0.0.0.0:9090"):
            pass
        assert refusal.value.running == Running(os.getpid(), "0.0.0.0:8080")
        assert str(refusal.value) == f"already running (pid {os.getpid()}, listening on 0.0.0.0:8080)"


def test_it_finds_who_runs_without_being_in_the_way(tmp_path: Path) -> None:
    assert find_running(tmp_path) is None
    with RunLock(tmp_path, "[::]:8080"):
        assert find_running(tmp_path) == Running(os.getpid(), "[::]:8080")
    assert find_running(tmp_path) is None
    with RunLock(tmp_path, "[::]:8080"):
        pass


def test_it_takes_over_what_a_killed_one_left_behind(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("4242 a-much-longer-address.example:8080\n")
    assert find_running(tmp_path) is None
    with RunLock(tmp_path, "localhost:80"):
        assert (tmp_path / NAME).read_text() == f"{os.getpid()} localhost:80\n"


def test_it_says_so_when_the_first_one_has_not_written_its_name_yet(tmp_path: Path) -> None:
    with RunLock(tmp_path, "localhost:80"):
        (tmp_path / NAME).write_text("")
        with pytest.raises(AlreadyRunningError, match="just starting"), RunLock(tmp_path, "localhost:80"):
            pass


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    with RunLock(tmp_path, "localhost:80"):
        assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
