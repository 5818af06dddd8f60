"""Telling systemd how it goes (sd_notify: one datagram, so no package)."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import MutableMapping


class Notifier:
    """Says nothing where nobody listens.

    interval: seconds between two WATCHDOG=1, or None if nobody waits for them.
    The variables are taken out of the environment, so that no child speaks in the supervisor's name.
    """

    def __init__(self, environ: MutableMapping[str, str], pid: int) -> None:
        self._address = environ.pop("NOTIFY_SOCKET", "")
        limit = environ.pop("WATCHDOG_USEC", "")
        meant_for = environ.pop("WATCHDOG_PID", "") or str(pid)
        watched = limit.isdigit() and int(limit) > 0 and meant_for == str(pid)
        # systemd asks for twice the rate it checks at; a third leaves room for one late beat.
        self.interval = int(limit) / 1_000_000 / 3 if watched else None

    def tell(self, *lines: str) -> None:
        if not self._address:
            return
        # A leading @ stands for the zero byte of an abstract socket.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        # The service manager being away must not end the box.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as post:
            post.setblocking(False)
            post.sendto("\n".join(lines).encode(), address)
