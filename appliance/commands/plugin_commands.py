"""The commands that plugins bring."""

from __future__ import annotations

import functools

import click

from appliance.app import load_plugins
from appliance.commands.configuration import read_config
from appliance.commands.opening import opened_box
from appliance.plugins import plugins


def names() -> list[str]:
    return sorted(_found())


def lines() -> list[tuple[str, str]]:
    """(name, short help) for `appliance --help`."""
    return [(name, _found()[name].get_short_help_str()) for name in names()]


def find(name: str) -> click.Command | None:
    """The command, run with the box open; None when no plugin brings it."""
    brought = _found().get(name)
    return None if brought is None else _Opened(brought)


@functools.cache
def _found() -> dict[str, click.Command]:
    load_plugins(read_config())
    answers = plugins().ask("register_commands")
    return {str(command.name): command for _, brought in answers for command in brought}


class _Opened(click.Command):
    """Wraps a plugin's command: the box is opened around it and closed whatever happens."""

    def __init__(self, brought: click.Command) -> None:
        super().__init__(
            brought.name, params=brought.params, help=brought.help, context_settings=brought.context_settings
        )
        self._brought = brought

    def invoke(self, ctx: click.Context) -> object:
        with opened_box():
            return self._brought.invoke(ctx)
