"""How long the supervisor waits for what."""

from __future__ import annotations

from dataclasses import dataclass

NEVER = float("inf")


@dataclass(frozen=True)
class Timing:
    """All in seconds. Tests pass shorter ones."""

    start: float = 60.0  # until the first beat: importing everything from a cold SD card takes its time
    hang: float = 15.0  # between two beats, before a child counts as hanging
    stop: float = 30.0  # for a graceful end of everything; the service unit allows more than this
    haste: float = 3.0  # what is left of it after a second Ctrl-C
    first_pause: float = 0.5  # before a dead child is started again …
    longest_pause: float = 30.0  # … doubling up to this …
    health: float = 60.0  # … and forgotten after so long a good run
    last_words: float = 0.5  # for a hanging child to write down where it hangs
