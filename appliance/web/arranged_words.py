"""Arrangements in words: the lines of the timeline, and why tickets are related."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from appliance.services import arranged_lines
from appliance.services.arrangements import ArrangeError
from appliance.services.timeline import EventView
from appliance.web import outcome_words


def describe(event: EventView) -> str:
    """Without who did it."""
    if event.kind == "subtask_done":
        named = {"number": event.after.get("subtask", ""), "subject": event.after.get("subject", "")}
        outcome = outcome_words.outcome(str(event.after.get("outcome", "")))
        return _("finished the subtask No. %(number)s “%(subject)s”: %(outcome)s", outcome=outcome, **named)
    words = _WORDS.get(str(event.after.get("what", "")))
    return words(int(event.after.get("other") or 0), int(event.after.get("count") or 0)) if words else ""


def extra(event: EventView) -> str:
    """What the line offers beside its words."""
    if event.kind not in arranged_lines.KINDS:
        return ""
    offered = arranged_lines.offer(event.after, g.actor)
    return Markup(render_template("desk/_event_extra.html", event=event, offer=offered))  # noqa: S704  # our own template


def why(code: str) -> str:
    """How two tickets belong together."""
    return _WHY[code]()


def names() -> dict[str, object]:
    """For the templates of the desk."""
    return {
        "came_by_number": _came_by_number,
        "extra_of": extra,
        "family_of": _family,
        "targets_of": _targets,
        "why_related": why,
    }


def _came_by_number() -> int | None:
    """The number somebody asked for, of a ticket that is part of the one shown."""
    return request.args.get("merged", type=int)


def _family(ticket_id: int) -> arranged_lines.Family:
    """Header, card and log ask for it, each on its own: once a request is enough."""
    known: dict[int, arranged_lines.Family] = g.setdefault("families", {})
    if ticket_id not in known:
        known[ticket_id] = arranged_lines.family(ticket_id, g.actor)
    return known[ticket_id]


def _targets(ticket_id: int, most: int) -> list[arranged_lines.Target]:
    """None of a number that has meanwhile become part of another."""
    try:
        return list(arranged_lines.targets(ticket_id, g.actor, most))
    except ArrangeError:
        return []


def _split_off(number: int, count: int) -> str:
    return ngettext(
        "put %(num)s message into the new ticket No. %(number)s",
        "put %(num)s messages into the new ticket No. %(number)s",
        count,
        number=number,
    )


def _moved_out(number: int, count: int) -> str:
    return ngettext(
        "moved %(num)s message to No. %(number)s", "moved %(num)s messages to No. %(number)s", count, number=number
    )


def _moved_in(number: int, count: int) -> str:
    return ngettext(
        "moved %(num)s message here from No. %(number)s",
        "moved %(num)s messages here from No. %(number)s",
        count,
        number=number,
    )


_WORDS: Mapping[str, Callable[[int, int], str]] = {
    "split_off": _split_off,
    "moved_out": _moved_out,
    "moved_in": _moved_in,
    "merged_in": lambda number, _c: _("merged No. %(number)s into this ticket", number=number),
    "merged_into": lambda number, _c: _("merged this ticket into No. %(number)s", number=number),
    "linked": lambda number, _c: _("linked it with No. %(number)s", number=number),
    "unlinked": lambda number, _c: _("took away the link with No. %(number)s", number=number),
    "subtask": lambda number, _c: _("made the subtask No. %(number)s", number=number),
    "back_split_off": lambda number, _c: _("took the messages of No. %(number)s back", number=number),
    "back_split_from": lambda number, _c: _("took the messages back to No. %(number)s", number=number),
    "back_moved_out": lambda number, _c: _("took the messages back from No. %(number)s", number=number),
    "back_moved_in": lambda number, _c: _("took the messages back to No. %(number)s", number=number),
    "back_merged_in": lambda number, _c: _("made No. %(number)s a ticket of its own again", number=number),
    "back_merged_into": lambda number, _c: _("made it a ticket of its own again, beside No. %(number)s", number=number),
}
_WHY: Mapping[str, Callable[[], str]] = {
    "previous": lambda: _("the one before"),
    "next": lambda: _("the one after"),
    "split_off": lambda: _("split off from this"),
    "split_from": lambda: _("this was split off from it"),
    "merged": lambda: _("part of this ticket"),
    "linked": lambda: _("linked"),
}
