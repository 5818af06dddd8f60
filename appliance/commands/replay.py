"""`appliance replay`"""

from __future__ import annotations

import click

from appliance.commands.opening import opened_box
from appliance.services import journal


@click.command("replay")
@click.option("--connection", type=int, help="Only this connection's.")
def command(connection: int | None) -> None:
    """Read again the messages that could not be read, after the plugin was mended."""
    with opened_box():
        count = journal.replay(connection)
    click.echo(f"{count} message{'' if count == 1 else 's'} will be read again")
