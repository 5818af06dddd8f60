"""Opening the box for a command: while it runs, or before it ever did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from appliance import logs, revisions
from appliance.app import bind_doors, close_app, create_app
from appliance.commands.configuration import read_config
from appliance.config import Config
from appliance.supervision.run_lock import AlreadyRunningError, RunLock

TRY_AGAIN = 75  # EX_TEMPFAIL
CANNOT_WRITE = 73  # EX_CANTCREAT


@contextmanager
def opened_box() -> Iterator[Config]:
    """The doors bound and plugins loaded; the database is made if nobody runs that could have made it."""
    config = read_config()
    logs.configure(config)
    try:
        _prepare(config)
        app = create_app(config, role="cli")
    except OSError as error:
        click.echo(f"cannot use {error.filename or config.data}: {error.strerror}", err=True)
        sys.exit(CANNOT_WRITE)
    try:
        with app.app_context():
            yield config
    finally:
        close_app(app)


def _prepare(config: Config) -> None:
    bind_doors(config)
    if not revisions.pending():
        return
    from appliance import schema  # noqa: PLC0415 - what migrates takes long to import, and is needed once a release

    try:
        with RunLock(config.data, "a command"):
            schema.bring_up_to_date(config)
    except AlreadyRunningError as error:
        click.echo(f"the appliance is being brought up to date ({error}); try again in a minute", err=True)
        sys.exit(TRY_AGAIN)
