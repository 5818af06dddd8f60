"""`appliance migrate`"""

from __future__ import annotations

import sys

import click

from appliance import logs, schema
from appliance.commands.configuration import read_config
from appliance.migrate import MigrationError


@click.command("migrate")
def command() -> None:
    """Bring the database to this release's schema. `appliance run` does this by itself, before anything serves."""
    config = read_config()
    logs.configure(config)
    try:
        reached = schema.bring_up_to_date(config)
    except MigrationError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"the database is at revision {reached}")
