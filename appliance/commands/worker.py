"""`appliance worker`"""

from __future__ import annotations

import sys

import click

from appliance import logs, worker
from appliance.commands.configuration import read_config


@click.command("worker")
def command() -> None:
    """Work in the background until told to stop."""
    config = read_config()
    logs.configure(config)
    sys.exit(worker.run(config))
