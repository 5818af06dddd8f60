"""Every question the core asks its plugins, in one place. The hook set's version is HOOKS_VERSION.

`register_*` are asked once at start and return objects. Hooks marked *first answer wins* stop at the first
result that is not None; the core's own defaults answer last. A plugin that raises or is late is skipped for that
call and named on the status page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from appliance.values import (
        Channel,
        CheckResult,
        IncomingMessage,
        NavLink,
        PageAssets,
        PartKind,
        PartView,
        Prepared,
        ServiceTask,
        SettingField,
        StoredFile,
        TicketAnswer,
        TicketQuestion,
        Verdict,
        Workplace,
    )

HOOKS_VERSION = 1
PROJECT = "appliance"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_channels() -> Sequence[Channel]:  # type: ignore[empty-body]
    """Channels this plugin brings; one instance each for the life of the process."""


@hookspec
def register_blueprint() -> Blueprint | None:
    """A blueprint named like the plugin, below /<name>/, with its templates and static files. Every page of it
    needs a signed-in agent."""


@hookspec
def register_settings() -> Sequence[SettingField]:  # type: ignore[empty-body]
    """Settings the owner can change; names start with '<plugin>.'."""


@hookspec
def register_services() -> Sequence[ServiceTask]:  # type: ignore[empty-body]
    """Functions that run in the worker until their Event is set."""


@hookspec
def register_commands() -> Sequence[click.Command]:  # type: ignore[empty-body]
    """Further commands of `appliance`."""


@hookspec
def register_checks() -> Sequence[CheckResult]:  # type: ignore[empty-body]
    """Lines for the status page, asked each time it is opened; must be quick."""


@hookspec(firstresult=True)
def screen_message(connection_id: int, message: IncomingMessage) -> Verdict | None:
    """An opinion on a message before it is stored. First answer wins; 200 ms."""


@hookspec(firstresult=True)
def find_ticket(question: TicketQuestion) -> TicketAnswer | None:
    """Which ticket gets a message. First answer wins; 200 ms."""


@hookspec(firstresult=True)
def prepare_file(file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
    """Make what the pages show of a received or attached file. Runs in the worker, quick lane first; heavy work
    answers Prepared(unfinished=True) there and is asked again on the slow lane. First answer wins."""


@hookspec(firstresult=True)
def prepare_upload(file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
    """Make an attached file fit its kind at the messenger (voice as OGG/Opus): a rendition of kind 'outgoing', or
    None if it can go as it is. On the quick lane what pages show of it is still being made; Prepared(unfinished=True)
    waits for that, or for a busy box, and is asked again. Prepared(failure=…) sends it as a document. First answer
    wins."""


@hookspec(firstresult=True)
def render_part(part: PartView) -> str | None:
    """HTML (markupsafe.Markup) of one part inside its bubble, without its caption, which the core writes below.
    Runs in a request. First answer wins."""


@hookspec(firstresult=True)
def explain_failure(code: str) -> str | None:
    """In words (a msgid) why a file could not be prepared, for a code of `Prepared.failure`. First answer wins."""


@hookspec
def render_slot(slot: str) -> str | None:
    """HTML (markupsafe.Markup) for a place of the desk's pages: 'composer', among the buttons below the text;
    'place', above the fields of *Send a place*; 'status', below the status page; 'dialogs', where the dialogs of the
    desk stand; 'settings/<plugin>', below the settings of that plugin. Runs in a request."""


@hookspec
def page_assets() -> PageAssets | None:
    """Styles and scripts of the plugin's static folder that the desk's pages load."""


@hookspec
def content_sources() -> Sequence[tuple[str, str]]:  # type: ignore[empty-body]
    """(CSP directive, origin) pairs the owner has allowed, such as ('img-src', 'https://tiles.example')."""


@hookspec
def nav_links() -> Sequence[NavLink]:  # type: ignore[empty-body]
    """Entries for the navigation."""


@hookspec
def erase_contact(contact_id: int, ticket_ids: Sequence[int]) -> None:
    """A customer asked to be forgotten: take away everything you keep of them and of these tickets. Asked before the
    core does, outside any transaction. Not isolated: an error stops the erasing, and the owner is told."""
