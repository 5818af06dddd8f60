"""Stages and outcomes in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _

from appliance.services.tickets import OUTCOMES


def outcome(code: str) -> str:
    """The outcome's label; an unknown one (an edited list) shows as it is."""
    known = dict(OUTCOMES)
    return _(known[code]) if code in known else (code or _("done"))


def outcomes() -> list[tuple[str, str]]:
    """(code, label) for menus."""
    return [(code, _(label)) for code, label in OUTCOMES]


def stage(stage: str, waiting_for: str, *, new: bool) -> str:
    """The status a card prints."""
    if stage == "done":
        return _("Done")
    if stage == "snoozed":
        return _("Is snoozed")
    if waiting_for == "us":
        return _("New") if new else _("Waits for us")
    return _("Waits for the customer")
