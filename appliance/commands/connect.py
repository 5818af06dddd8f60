"""`appliance connect CHANNEL`: its options are the fields of the channel's connect form."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from appliance.commands.opening import opened_box
from appliance.services import connections
from appliance.services.channels import channels, explain
from appliance.services.connecting import ConnectProblem
from appliance.values import SYSTEM, Channel, FormField


class ChannelGroup(click.Group):
    """One command for each channel that plugins have brought."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        with opened_box():
            return sorted(channels())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        with opened_box():
            channel = channels().get(cmd_name)
        return None if channel is None else _command_for(channel)


@click.command("connect", cls=ChannelGroup)
def command() -> None:
    """Connect a channel: `appliance connect CHANNEL --help` tells what it needs."""


def _command_for(channel: Channel) -> click.Command:
    def connect(**given: object) -> None:
        _connect(channel, {name: value for name, value in given.items() if value})

    options = [option for field in channel.form for option in _options(field)]
    options += [
        click.Option(["--title"], default="", help="The name shown to staff; the account's own if it is left out."),
        click.Option(["--take-over"], is_flag=True, help="Connect although another program reads this account."),
        click.Option(["--no-check"], is_flag=True, help="Store it without asking the messenger."),
    ]
    return click.Command(channel.name, params=list(options), callback=connect, help=f"Connect {channel.title}.")


def _options(field: FormField) -> list[click.Option]:
    """--name VALUE, and --name-stdin for a secret. What opens the account itself is never an argument: every user
    of the machine could read it in the list of processes."""
    flag = field.name.replace("_", "-")
    made = []
    if field.secret:
        made.append(
            click.Option(
                [f"--{flag}-stdin", f"{field.name}__stdin"],
                is_flag=True,
                help=f"Read it from standard input: {field.label}.",
            )
        )
    if not (field.secret and field.required):
        made.append(click.Option([f"--{flag}", field.name], default="", help=f"{field.label}. {field.help}".strip()))
    return made


def _connect(channel: Channel, given: Mapping[str, object]) -> None:
    form = {field.name: str(given.get(field.name, "")) for field in channel.form}
    for field in channel.form:  # one line each, in the form's order
        if given.get(f"{field.name}__stdin"):
            form[field.name] = sys.stdin.readline().strip()
    with opened_box():
        try:
            made = connections.connect(
                channel.name,
                form,
                str(given.get("title", "")),
                SYSTEM,
                check=not given.get("no_check"),
                take_over=bool(given.get("take_over")),
            )
        except ConnectProblem as problem:
            _fail(problem)
        else:
            _tell(channel, made)


def _tell(channel: Channel, made: connections.Connected) -> None:
    if made.account is not None:
        click.echo(f"connected: {made.account.title} {made.account.handle}".rstrip())
        return
    click.echo(f"stored as connection {made.id}, but it could not be checked now.")
    if made.reason is not None:
        reason = explain(channel.name, made.reason.code, made.reason.params, "en")
        click.echo(f"{reason.text} {reason.advice}".rstrip())
    click.echo("It will work as soon as the messenger can be reached, if what you entered is right.")


def _fail(problem: ConnectProblem) -> None:
    reason = problem.explain("en")
    click.echo(f"{reason.text} {reason.advice}".rstrip(), err=True)
    if problem.taken:
        click.echo("With --take-over it is connected all the same.", err=True)
    sys.exit(1)
