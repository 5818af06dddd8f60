"""Who holds a lease, and whether they live."""

from __future__ import annotations

import subprocess
import sys

from appliance.services import instance


def test_this_process_is_alive() -> None:
    assert instance.alive(instance.me())


def test_an_ended_process_is_not() -> None:
    code = "from appliance.services import instance; print(instance.me())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not instance.alive(ended.stdout.strip())


def test_a_reused_pid_is_another_instance() -> None:
    boot, pid, started = instance.me().split("-")
    assert not instance.alive(f"{boot}-{pid}-{int(started) + 1}")


def test_a_process_of_an_earlier_boot_is_not() -> None:
    _, pid, started = instance.me().split("-")
    assert not instance.alive(f"0123456789ab-{pid}-{started}")


def test_nonsense_is_nobody() -> None:
    assert not instance.alive("")
    assert not instance.alive("a-b-c")
