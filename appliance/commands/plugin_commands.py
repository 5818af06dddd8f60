"""The commands that plugins bring."""

from __future__ import annotations

import functools
from copy import copy

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
    return None if brought is None else _opened(brought)


@functools.cache
def _found() -> dict[str, click.Command]:
    load_plugins(read_config())
    answers = plugins().ask("register_commands")
    return {str(command.name): command for _, brought in answers for command in brought}


def _opened(brought: click.Command) -> click.Command:
    """The same command or group; the box is opened around it, and closed whatever happens."""

    def invoke(ctx: click.Context) -> object:
        with opened_box():
            return brought.invoke(ctx)

    wrapped = copy(brought)
    wrapped.invoke = invoke  # type: ignore[method-assign]  # a class of our own would have to be a group as well
    return wrapped
