"""`appliance search`"""

from __future__ import annotations

import time

import click

from appliance.commands.opening import opened_box
from appliance.config import Config
from appliance.services import search_index
from appliance.supervision.run_lock import AlreadyRunningError, RunLock

LOOK_SECONDS = 1.0


@click.group("search")
def command() -> None:
    """What the search knows. It keeps itself in step; this is for after a repair."""


@command.command("rebuild")
def rebuild() -> None:
    """Forget what can be found and take everything in anew, newest first. The desk goes on meanwhile."""
    with opened_box() as config:
        search_index.empty()
        _take_in(config)
    click.echo("everything is findable again")


def _take_in(config: Config) -> None:
    """Two that take in would get in each other's way: while the box runs its worker does it, and this only looks."""
    told = 0.0
    try:
        with RunLock(config.data, "a command"):
            while search_index.follow() or search_index.fill():
                told = _tell(told)
    except AlreadyRunningError:
        while search_index.remaining():
            told = _tell(told)
            time.sleep(LOOK_SECONDS)


def _tell(told: float) -> float:
    if time.monotonic() - told < LOOK_SECONDS:
        return told
    click.echo(f"still to come: about {search_index.remaining()}")
    return time.monotonic()
