"""`appliance set`"""

from __future__ import annotations

import sys

import click

from appliance.commands.opening import opened_box
from appliance.services import settings
from appliance.values import SYSTEM


@click.command("set")
@click.argument("name", required=False)
@click.argument("value", required=False)
def command(name: str | None, value: str | None) -> None:
    """Give the setting NAME a VALUE; with NAME alone show it, with neither show them all."""
    with opened_box():
        try:
            _show_or_set(name, value)
        except settings.SettingError as error:
            click.echo(_explain(error), err=True)
            sys.exit(1)


def _show_or_set(name: str | None, value: str | None) -> None:
    if name is None:
        for known, current in settings.all_values().items():
            click.echo(f"{known}={current}")
    elif value is None:
        click.echo(settings.get(name))
    else:
        settings.set(name, value, SYSTEM)


def _explain(error: settings.SettingError) -> str:
    if error.code == "unknown":
        return f"there is no setting {error.name!r}; `appliance set` lists them"
    if error.code == "not_a_choice":
        choices = ", ".join(repr(value) for value, _ in settings.fields()[error.name].choices)
        return f"{error.name} is one of {choices}"
    if error.code == "not_a_number":
        return f"{error.name} is a number"
    return f"{error.name}: {error.reason}"
