"""Media: every photo, voice and video of a conversation can be seen, heard and sought in, whatever recorded it.

The worker's lanes make renditions in limited child processes; the page shows those and never an original.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint
from markupsafe import Markup

from appliance import (
    CheckResult,
    PageAssets,
    PartKind,
    PartView,
    Prepared,
    ServiceTask,
    StoredFile,
    Workplace,
    hookimpl,
)
from appliance_media import renewal
from appliance_media.bubbles import render, render_dialogs
from appliance_media.checks import check_programs
from appliance_media.outgoing import prepare_outgoing
from appliance_media.reasons import Refused, explain
from appliance_media.recording import render_recorder
from appliance_media.workshop import prepare

if TYPE_CHECKING:
    import click

log = logging.getLogger("appliance.media")


@hookimpl
def register_blueprint() -> Blueprint:
    return Blueprint("media", __name__, template_folder="templates", static_folder="static")


@hookimpl
def register_checks() -> Sequence[CheckResult]:
    return check_programs()


@hookimpl
def register_services() -> Sequence[ServiceTask]:
    return [ServiceTask("encoder", renewal.serve)]


@hookimpl
def register_commands() -> Sequence[click.Command]:
    from appliance_media.command_line import media  # noqa: PLC0415 - the command line's alone

    return [media]


@hookimpl
def prepare_file(file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
    return _work(prepare, file, kind, workplace)


@hookimpl
def prepare_upload(file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
    with file.made("playable") as playable:
        return _work(partial(prepare_outgoing, playable=playable), file, kind, workplace)


@hookimpl
def render_part(part: PartView) -> Markup | None:
    return render(part)


@hookimpl
def render_slot(slot: str) -> Markup | None:
    if slot == "composer":
        return render_recorder()
    return render_dialogs() if slot == "dialogs" else None


@hookimpl
def explain_failure(code: str) -> str | None:
    return explain(code)


@hookimpl
def page_assets() -> PageAssets:
    return PageAssets(styles=("every-page.css",), scripts=("every-page.js",))


def _work(
    make: Callable[[Path, str, Workplace], Prepared | None], file: StoredFile, kind: PartKind, workplace: Workplace
) -> Prepared | None:
    try:
        with file.local_copy() as source:
            return make(source, kind, workplace)
    except Refused as refused:
        log.info("file %s (%s) is not shown: %s", file.id, kind, refused)
        return Prepared(failure=refused.reason)
