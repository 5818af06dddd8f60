"""Who this process is, and whether another one still lives: what leases are held by.

A lease belongs to (boot, process, start time), so neither a clock jump nor a reused pid ends or prolongs it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@lru_cache(maxsize=1)
def boot() -> str:
    """The kernel's name for this run of the machine."""
    try:
        return BOOT_ID.read_text("ascii").strip().replace("-", "")[:12]
    except OSError:
        return "unknown"


def me() -> str:
    """This process instance."""
    return f"{boot()}-{os.getpid()}-{_started(os.getpid())}"


def alive(owner: str) -> bool:
    """Whether that instance still runs. An instance of an earlier boot does not."""
    booted, _, rest = owner.partition("-")
    pid, _, started = rest.partition("-")
    if booted != boot() or not pid.isdigit():
        return False
    return _started(int(pid)) == started


def same_boot(owner: str) -> bool:
    """Whether what that instance wrote without syncing is still to be trusted."""
    return owner.partition("-")[0] == boot()


def _started(pid: int) -> str:
    """Start time in clock ticks since boot; '' when there is no such process (a zombie is none)."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if after_name[0] in "ZX" else after_name[19]
