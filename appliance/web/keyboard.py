"""What pages are told of the table of keys: whether they act, how they are written, and the table for the scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property

from flask import Flask, g
from flask_babel import get_locale

from appliance.services import keyboard_layout, preferences
from appliance.web.keyboard_table import Section, Shortcut, sections


class Keyboard:
    """What base.html asks for; nothing is worked out before, and nothing twice: the palette asks for each key."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return sections()

    @cached_property
    def enabled(self) -> bool:
        """Whether single letters act: each agent may switch them off."""
        return preferences.of(g.actor).shortcuts

    @property
    def table(self) -> str:
        """For static/js/keys.js."""
        return as_json(shortcut for section in sections() for shortcut in section.shortcuts)


def as_json(shortcuts: Iterable[Shortcut]) -> str:
    """With `shown`, the first way to press it as a tooltip says it, and `aria`, as aria-keyshortcuts does."""
    return json.dumps([asdict(each) | {"shown": _shown(each), "aria": _aria(each)} for each in shortcuts])


def caps(keys: str) -> list[list[str]]:
    """Strokes one after the other, each as what is written on the keys: [["Shift", "E"]], [["G"], ["I"]]."""
    return [[_cap(part) for part in stroke.split("+")] for stroke in keys.split()]


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"keyboard": Keyboard()})
    app.add_template_filter(caps, "key_caps")


_CAPS: Mapping[str, str] = {
    "Control": "Ctrl",
    "Escape": "Esc",
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "Slash": "/",
    "Period": ".",
    "Digit1": "1",
    "Digit3": "3",
}


def _cap(part: str) -> str:
    """A letter's key bears a Russian letter as well, where Russian is read."""
    if not part.startswith("Key"):
        return _CAPS.get(part, part)
    letter = part.removeprefix("Key")
    return f"{letter} {keyboard_layout.swapped(letter)}" if str(get_locale()).startswith("ru") else letter


def _shown(shortcut: Shortcut) -> str:
    return " ".join("+".join(stroke) for stroke in caps(shortcut.keys[0])) if shortcut.keys else ""


def _aria(shortcut: Shortcut) -> str:
    """Strokes that follow each other have no place in it."""
    single = [keys for keys in shortcut.keys if " " not in keys and not keys.startswith("key:")]
    return " ".join("+".join(_plain(part) for part in keys.split("+")) for keys in single)


def _plain(part: str) -> str:
    return part.removeprefix("Key").removeprefix("Digit").replace("Slash", "/").replace("Period", ".")
