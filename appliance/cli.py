"""`appliance …`. Each command's module is imported only when it is called: `run` stays small for as long as it runs."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from typing import Any

import click

from appliance import __version__

# name → (module below appliance.commands, the line that `--help` shows)
COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run", "Start everything and keep it running; Ctrl-C stops it."),
    "setup-code": ("setup_code", "Print a new one-time code for the setup in the browser."),
    "agent": ("agent", "Add staff and reset passwords."),
    "connect": ("connect", "Connect a channel: a bot, for example."),
    "set": ("setting", "Change a setting."),
    "plugin": ("plugin", "List the plugins."),
    "doctor": ("doctor", "Say how the box is; try a connection with your own phone."),
    "disk": ("disk", "Say what fills the disk; let originals go by the rules."),
    "search": ("search", "Take everything into the search anew."),
    "replay": ("replay", "Read again the messages that could not be read."),
    "migrate": ("migrate", "Bring the database to this release's schema."),
    "web": ("web", "Serve the pages; `run` does this for you."),
    "worker": ("worker", "Work in the background; `run` does this for you."),
}


class LazyGroup(click.Group):
    """Names and short helps are known here, modules only when needed; plugins' commands come last."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *_plugin_commands().names()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            found: click.Command | None = _plugin_commands().find(cmd_name)
            return found
        module = importlib.import_module(f"appliance.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, line) for name, (_, line) in COMMANDS.items()]
        rows += _plugin_commands().lines()
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="appliance")
def main() -> None:
    """A helpdesk in a box. The environment variables it reads are in the README."""
    os.umask(0o077)  # customers' messages and files are nobody else's on this machine


def _plugin_commands() -> Any:
    # Plugins may import anything; nobody pays for that who did not ask for their commands.
    return importlib.import_module("appliance.commands.plugin_commands")
