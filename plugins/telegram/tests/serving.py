"""Runs a channel's service in a thread, as the core does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from appliance import ConnectionInfo
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.kept_journal import KeptJournal


@contextmanager
def serving(channel: TelegramChannel, connection: ConnectionInfo, journal: KeptJournal) -> Iterator[threading.Event]:
    """Inside, it serves; a RuntimeError (a commit that was told to fail) ends it, as in the core."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            channel.serve(connection, journal, stop)
        except RuntimeError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(5)
        assert not thread.is_alive()
