"""What the environment says, or one clear line about what is wrong with it."""

from __future__ import annotations

import sys

import click

from appliance.config import Config, ConfigError, load

MISCONFIGURED = 78  # EX_CONFIG


def read_config() -> Config:
    try:
        return load()
    except ConfigError as error:
        click.echo(str(error), err=True)
        sys.exit(MISCONFIGURED)
