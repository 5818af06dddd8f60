"""`appliance setup-code`"""

from __future__ import annotations

import sys

import click

from appliance.commands.opening import opened_box
from appliance.services import setup


@click.command("setup-code")
def command() -> None:
    """Print a new one-time code for the setup in the browser. It is good for a day; an older one is not any more."""
    with opened_box():
        try:
            code = setup.new_code()
        except setup.SetupError:
            click.echo("This box is set up already: sign in at its address.", err=True)
            click.echo("A forgotten password: appliance agent add LOGIN --update --password-stdin", err=True)
            sys.exit(1)
    click.echo(f"Setup code: {code}")
