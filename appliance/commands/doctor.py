"""`appliance doctor`"""

from __future__ import annotations

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from appliance.commands.opening import opened_box
from appliance.language import translate
from appliance.services import settings, status
from appliance.values import CheckResult

SIGNS = {"ok": "ok  ", "warn": "look", "fail": "FAIL"}


@click.command("doctor")
@click.argument("channel", required=False)
@click.option("--live", is_flag=True, help="Send and receive one of each kind, with your own phone.")
@click.option("--connection", type=int, help="Which connection, if the channel has several.")
@click.option("--minutes", type=click.IntRange(1, 120), default=15, show_default=True, help="How long --live waits.")
def command(channel: str | None, live: bool, connection: int | None, minutes: int) -> None:
    """Say how the box is; exit code 1 if something does not work.

    `appliance doctor telegram --live` tries a connection with your own phone: one of each kind, both ways.
    """
    with opened_box() as config:
        if live:
            # Loaded only for a trial: it brings sample media.
            from appliance.commands.doctor_live import run  # noqa: PLC0415

            sys.exit(run(config, channel, connection, minutes))
        language = settings.get("language")
        found = status.checks(config.data, language)
        for check in found:
            _print(check, language)
    sys.exit(1 if any(check.state == "fail" for check in found) else 0)


def _print(check: CheckResult, language: str) -> None:
    params = {name: _shown(value) for name, value in check.params.items()}
    name = translate(check.name, language, **params)
    click.echo(f"{SIGNS[check.state]}  {name}: {translate(check.text, language, **params)}")
    if check.advice:
        click.echo(f"      {translate(check.advice, language, **params)}")


def _shown(value: object) -> object:
    zone = ZoneInfo(settings.get("time_zone"))
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
