"""`appliance web`"""

from __future__ import annotations

import sys

import click

from appliance.commands.configuration import read_config
from appliance.supervision.heartbeat import Heartbeat


@click.command("web")
def command() -> None:
    """Serve the pages until told to stop."""
    config = read_config()
    pulse: list[object] = []
    heartbeat = Heartbeat(lambda: all(callable(beat) and beat() for beat in pulse))
    heartbeat.start()
    # After the first beat: importing everything from a cold SD card takes its time.
    from appliance import logs, wsgi  # noqa: PLC0415

    logs.configure(config)
    watched = wsgi.Pulse()
    pulse.append(watched)
    sys.exit(wsgi.serve(config, heartbeat, watched))
