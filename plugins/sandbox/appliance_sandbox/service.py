"""The practice messenger in the worker: runs while the owner has it switched on."""

from __future__ import annotations

from threading import Event

from appliance_sandbox import rooms, settings
from appliance_sandbox.server import RunningServer, start_server

LOOK_SECONDS = 1.0


def serve(stop: Event) -> None:
    """Follow the settings until told to stop. OSError for a port in use: the worker tries again later."""
    server = follow_settings(None)
    try:
        while not stop.wait(LOOK_SECONDS):
            server = follow_settings(server)
    finally:
        if server:
            server.close()


def follow_settings(server: RunningServer | None) -> RunningServer | None:
    """Close, start or leave alone, as the owner wishes now."""
    wanted = settings.port() if settings.is_enabled() else 0
    if server and server.port != wanted:
        server.close()
        server = None
    server = start(wanted) if wanted and not server else server
    if server:
        server.sandbox.mode.local = settings.is_local()
    return server


def start(port: int) -> RunningServer:
    """Serve with at least one bot. OSError for a port in use."""
    server = start_server(port, rooms.state_file(), control_secret=rooms.control_secret())
    if not server.sandbox.bots.all():
        server.sandbox.bots.add(None, "Practice", "practice_bot")
    return server
