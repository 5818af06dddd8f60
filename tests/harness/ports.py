"""A port for a process that is started in a moment."""

from __future__ import annotations

import socket


def find_free_port() -> int:
    """Nobody listens there now; the kernel does not give the same one twice in a row."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
