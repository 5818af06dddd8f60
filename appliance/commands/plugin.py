"""`appliance plugin`"""

from __future__ import annotations

import click

from appliance.app import load_plugins
from appliance.commands.configuration import read_config


@click.group("plugin")
def command() -> None:
    """The plugins this box finds: installed ones, and folders in plugins/ and data/plugins/."""


@command.command("list")
def list_plugins() -> None:
    """Show every plugin, its version, and why it does not run if it does not."""
    found = load_plugins(read_config())
    for plugin in found.loaded.values():
        if plugin.origin != "core":
            click.echo(f"{plugin.name}\t{plugin.version}\t{plugin.origin}")
    for name, failure in found.broken.items():
        click.echo(f"{name}\tbroken: {failure.reason}")
