"""A job over many tickets in words: what it does, how far it is, what it left out and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services.bulk_progress import Progress, Skipped


def doing(job: Progress) -> str:
    """While it runs: '120 of 312'."""
    places = {"settled": job.settled, "total": job.total}
    if job.state == "undoing":
        return _("Taking it back: %(settled)s of %(total)s", **places)
    return _("%(action)s: %(settled)s of %(total)s", action=action(job.action), **places)


def result(job: Progress) -> str:
    """How it ended."""
    if job.state == "undone":
        return ngettext("Taken back: %(num)s ticket.", "Taken back: %(num)s tickets.", job.undone)
    said = ngettext("%(num)s ticket", "%(num)s tickets", job.changed)
    return f"{action(job.action)}: {said}."


def skipped(group: Skipped) -> str:
    """'3 left out: they were so already (No. 1001, 1002, 1003)'."""
    numbers = ", ".join(str(number) for number in group.tickets)
    more = "…" if group.number > len(group.tickets) else ""
    return ngettext(
        "%(num)s left out: %(reason)s No. %(numbers)s",
        "%(num)s left out: %(reason)s No. %(numbers)s",
        group.number,
        reason=reason(group.reason),
        numbers=numbers + more,
    )


def action(name: str) -> str:
    return _ACTIONS[name]() if name in _ACTIONS else name


def reason(code: str) -> str:
    return _REASONS.get(code, _REASONS["failed"])()


_ACTIONS: Mapping[str, Callable[[], str]] = {
    "assign": lambda: _("Assign"),
    "team": lambda: _("To a team"),
    "tag": lambda: _("Add a tag"),
    "untag": lambda: _("Remove a tag"),
    "finish": lambda: _("Done"),
    "snooze": lambda: _("Snooze"),
    "reopen": lambda: _("Reopen"),
    "spam": lambda: _("Spam"),
    "trash": lambda: _("To the trash"),
    "restore": lambda: _("Restore"),
}
_REASONS: Mapping[str, Callable[[], str]] = {
    "same": lambda: _("nothing to change."),
    "changed_since": lambda: _("somebody has changed it since."),
    "not_found": lambda: _("not there for you any more."),
    "not_allowed": lambda: _("you may not do that any more."),
    "open_subtasks": lambda: _("subtasks are open."),
    "merged": lambda: _("part of another ticket by now."),
    "no_agent": lambda: _("the colleague is no longer here."),
    "no_team": lambda: _("the team is gone."),
    "too_many_tags": lambda: _("too many tags."),
    "bad_time": lambda: _("the time has passed."),
    "fields_missing": lambda: _("required fields are empty."),
    "failed": lambda: _("that did not work."),
}
