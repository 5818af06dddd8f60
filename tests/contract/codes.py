"""Which error codes a plugin's source names, and which of its texts have no Russian."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from appliance import Channel

_RAISERS = ("SendError", "PlanError", "ConnectError", "trouble", "Trouble")


def codes_in_source(package: ModuleType) -> set[str]:
    """Every code that stands literally where an error or a trouble is made."""
    found: set[str] = set()
    for path in folder_of(package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _RAISERS and node.args:
                found.update(_literals(node.args[0]))
    return found - {""}


def untranslated(package: ModuleType, channel: Channel) -> list[str]:
    """Texts that a person may read and the Russian catalog lacks."""
    russian = gettext.translation("messages", folder_of(package) / "translations", ["ru"])
    return [text for text in _texts(channel) if text and russian.gettext(text) == text]


def folder_of(package: ModuleType) -> Path:
    return Path(str(package.__file__)).parent


def _texts(channel: Channel) -> Iterator[str]:
    for field in channel.form:
        yield from (field.label, field.help)
    for text in channel.texts.values():
        yield from (text.reason, text.advice)


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
