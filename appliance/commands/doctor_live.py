"""`appliance doctor CHANNEL --live`: what only the real service can show, tried with the owner's own phone."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from appliance.config import Config
from appliance.language import translate
from appliance.services import agents, connections, settings, start_codes, trial
from appliance.services.channels import channels
from appliance.services.connecting import explain_trouble
from appliance.services.connection_list import ConnectionView, all_connections
from appliance.services.trial import Step
from appliance.supervision.run_lock import find_running
from appliance.values import Actor

LOOK_SECONDS = 0.5
SIGNS = {"ok": "✓", "failed": "✗", "missing": "–"}


def run(config: Config, channel: str | None, connection_id: int | None, minutes: int) -> int:
    """The exit code: 0 when all of it worked, 1 when something did not, 2 when it could not be tried."""
    view = _choose(channel, connection_id)
    if isinstance(view, str):
        click.echo(view, err=True)
        return 2
    if find_running(config.data) is None:
        click.echo("The appliance does not run: start it first (appliance run).", err=True)
        return 2
    owner = agents.first_owner()
    if owner is None or owner.id is None or view.account is None:
        click.echo("The box is not set up yet: open its address in a browser first.", err=True)
        return 2
    code = start_codes.issue("doctor", view.id, owner.id)
    link = connections.channel_of(view.id).invite(view.account, code)
    click.echo(f"1. Open this link on your phone and press Start:\n\n   {link}\n")
    steps = _try(code, owner, _until(minutes * 60))
    if not steps:
        click.echo("Nobody opened the link in time.", err=True)
        return 2
    _print_table(view, steps)
    return 0 if all(step.state == "ok" for step in steps) else 1


def _choose(channel: str | None, connection_id: int | None) -> ConnectionView | str:
    """The connection to try, or why there is none."""
    names = ", ".join(sorted(channels()))
    if channel is not None and channel not in channels():
        return f"There is no channel “{channel}”; there are: {names}"
    found = [view for view in all_connections() if channel in (None, view.channel)]
    if connection_id is not None:
        found = [view for view in found if view.id == connection_id]
    if not found:
        return "There is no such connection: appliance connect"
    if len(found) > 1:
        choices = ", ".join(f"{view.id} ({view.title})" for view in found)
        return f"There are several: choose one with --connection: {choices}"
    return found[0]


def _until(seconds: float) -> Callable[[], bool]:
    deadline = time.monotonic() + seconds
    return lambda: time.monotonic() < deadline


def _try(code: str, owner: Actor, go_on: Callable[[], bool]) -> list[Step]:
    address_id = _wait(lambda: start_codes.spent_by(code), go_on)
    if address_id is None:
        return []
    click.echo("2. Write any text to the bot.")
    ticket_id = _wait(lambda: trial.ticket_of(address_id), go_on)
    if ticket_id is None:
        return []
    click.echo(f"   It is ticket No. {ticket_id}. Now one of each kind goes to your phone:")
    steps = []
    for step in trial.send_all(ticket_id, owner):
        click.echo(f"   {SIGNS[step.state]} {step.kind} {step.words}".rstrip())
        steps.append(step)
    click.echo("3. Now send one of each from your phone (Ctrl-C ends the trial):")
    try:
        for step in trial.receive_all(address_id, go_on, lambda kind: click.echo(f"   · {kind}")):
            click.echo(f"   {SIGNS[step.state]} {step.kind}")
            steps.append(step)
    except KeyboardInterrupt:
        click.echo("")
    return steps


def _wait(look: Callable[[], int | None], go_on: Callable[[], bool]) -> int | None:
    while go_on():
        found = look()
        if found is not None:
            return found
        time.sleep(LOOK_SECONDS)
    return None


def _print_table(view: ConnectionView, steps: list[Step]) -> None:
    language = settings.get("language")
    click.echo(f"\n{view.title}\n{'kind':<14}{'to the phone':<16}from the phone")
    kinds = list(dict.fromkeys(step.kind for step in steps))
    for kind in kinds:
        ways = {step.way: step for step in steps if step.kind == kind}
        out, back = ways.get("out"), ways.get("in")
        line = f"{kind:<14}{SIGNS[out.state] if out else '':<16}{SIGNS[back.state] if back else ''}"
        click.echo(line.rstrip())
        if out is not None and out.words:
            reason = explain_trouble(view.channel, out.words, {}, language)
            click.echo(f"    {reason.text} {translate(reason.advice, language) if reason.advice else ''}".rstrip())
