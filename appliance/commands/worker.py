"""`appliance worker`"""

from __future__ import annotations

import sys

import click

from appliance import logs, worker
from appliance.app import NotMigratedError
from appliance.commands.configuration import read_config
from appliance.supervision.signs import HOPELESS


@click.command("worker")
def command() -> None:
    """Work in the background until told to stop."""
    config = read_config()
    logs.configure(config)
    try:
        sys.exit(worker.run(config))
    except NotMigratedError as error:
        click.echo(str(error), err=True)
        sys.exit(HOPELESS)
