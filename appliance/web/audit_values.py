"""What changed, in words: names of what a line of the journal speaks of, before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from appliance.services.audit import AuditLine

# Nothing secret stands in events; a long value would still make a line unreadable.
LONGEST = 80


def changed(line: AuditLine, without: tuple[str, ...] = ()) -> str:
    """'name: Anna → Anja; role: agent'; '' when nothing is told."""
    told = [one(name, line.before.get(name), value) for name, value in line.after.items() if name not in without]
    return "; ".join(told)


def one(name: str, before: Any, after: Any) -> str:
    said = _NAMES[name]() if name in _NAMES else name.replace("_", " ")
    if after is True and before is None:
        return said
    return f"{said}: {short(before)} → {short(after)}" if before not in (None, "") else f"{said}: {short(after)}"


def short(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        value = ", ".join(str(each) for each in value)
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


_NAMES: Mapping[str, Callable[[], str]] = {
    "away": lambda: _("away"),
    "closed": lambda: _("Only its members see its tickets"),
    "language": lambda: _("Language"),
    "name": lambda: _("Name"),
    "note": lambda: _("Note"),
    "organisation": lambda: _("Company"),
    "phone": lambda: _("Phone"),
    "phone_verified": lambda: _("the number is their own"),
    "remark": lambda: _("Note"),
    "role": lambda: _("Role"),
    "sharing": lambda: _("Who gets a new ticket"),
    "tags": lambda: _("Tags"),
    "theme": lambda: _("Appearance"),
    "undo_seconds": lambda: _("Time to undo a reply"),
}
