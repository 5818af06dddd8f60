"""`appliance run`"""

from __future__ import annotations

import sys

import click

from appliance.commands.configuration import read_config
from appliance.supervisor import run


@click.command("run")
def command() -> None:
    """Start everything and keep it running; Ctrl-C stops it."""
    sys.exit(run(read_config()))
