"""Sandbox: a messenger of the box's own, for demo, training and tests.

The server follows the published Bot API, so that the Telegram plugin talks to it as to Telegram; the practice
phone at /sandbox/ is how staff play customers. `appliance demo` fills it with sample conversations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from appliance import NavLink, ServiceTask, SettingField, hookimpl, mark
from appliance_sandbox import settings

if TYPE_CHECKING:
    import click
    from flask import Blueprint


@hookimpl
def register_blueprint() -> Blueprint:
    from appliance_sandbox.phone.pages import blueprint  # noqa: PLC0415 - the web process's alone

    return blueprint


@hookimpl
def register_settings() -> Sequence[SettingField]:
    return settings.FIELDS


@hookimpl
def register_services() -> Sequence[ServiceTask]:
    from appliance_sandbox import service, story  # noqa: PLC0415 - the worker's alone

    return [ServiceTask("messenger", service.serve), ServiceTask("story", story.play)]


@hookimpl
def register_commands() -> Sequence[click.Command]:
    from appliance_sandbox.demo import demo  # noqa: PLC0415 - the command line's alone

    return [demo]


@hookimpl
def nav_links() -> Sequence[NavLink]:
    if not settings.is_enabled():
        return []
    return [NavLink(mark("Practice phone"), "sandbox.index", "smartphone")]
