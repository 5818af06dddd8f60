"""`appliance agent`"""

from __future__ import annotations

import sys

import click

from appliance.commands.opening import opened_box
from appliance.services import agents
from appliance.services.agent_words import AGENT_ERRORS
from appliance.values import SYSTEM


@click.group("agent")
def command() -> None:
    """Add staff and reset passwords."""


@command.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(agents.ROLES), default="agent", show_default=True)
@click.option("--name", default="", help="The name colleagues see; the login if it is left out.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
@click.option("--update", is_flag=True, help="Give a login that exists already this password.")
def add(login: str, role: str, name: str, password_stdin: bool, update: bool) -> None:
    """Add the agent LOGIN."""
    password = sys.stdin.readline().rstrip("\r\n")
    with opened_box():
        try:
            said = _update(login, password) if update else _add(login, name or login, role, password)
        except agents.AgentError as error:
            click.echo(AGENT_ERRORS[error.code], err=True)
            if error.code == "login_taken":
                click.echo("With --update the login gets this password instead.", err=True)
            sys.exit(1)
    click.echo(said)


@command.command("list")
def list_agents() -> None:
    """Show who works here."""
    with opened_box():
        for agent in agents.everyone():
            click.echo("\t".join((agent.login, agent.role, agent.name, "" if agent.active else "left")).rstrip())


def _add(login: str, name: str, role: str, password: str) -> str:
    agents.add(login, name, role, password, SYSTEM)
    return f"{login} was added as {role}"


def _update(login: str, password: str) -> str:
    known = agents.find(login)
    if known is None:
        raise agents.AgentError("not_found")
    agents.set_password(known.id, password, SYSTEM)
    return f"{login} has a new password and was signed out everywhere"
