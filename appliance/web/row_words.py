"""What a row of a list says: its second line and its chips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from appliance.models import now
from appliance.services import sorts
from appliance.services.rows import Preview, Row
from appliance.web import kind_words, outcome_words, presence_words, times

# Of services.ticket_facts.PRIORITIES: what is worth a chip, and above it what is urgent.
HIGH = 3


@dataclass(frozen=True)
class Line:
    """The preview: an icon, a label before it ('Draft:', 'You:') and the words. `ours`: we spoke last."""

    text: str
    icon: str = ""
    lead: str = ""
    tone: str = ""
    ours: bool = False


@dataclass(frozen=True)
class Chip:
    """`since` makes it an age that the page keeps fresh; `text` then is its phrase with %(age)s."""

    text: str
    tone: str = ""
    icon: str = ""
    since: datetime | None = None


def line(row: Row) -> Line:
    """A colleague who writes › draft › trouble with the last message › what it shows."""
    shown = row.preview
    if writing := presence_words.row_line(row.presence):
        return Line(writing, icon="pencil", tone="typing")
    if shown.kind == "draft":
        return Line(shown.text, lead=_("Draft:"), icon="pencil")
    if shown.trouble:
        return Line(_trouble(shown.trouble), icon="triangle-alert", tone="danger")
    if not shown.kind:
        return Line(row.subject or _("No messages yet"))
    return Line(_words(shown), icon=_icon(shown), lead=_lead(shown), ours=shown.kind == "reply")


def chips(row: Row) -> list[Chip]:
    """The most pressing first: what does not fit is cut off."""
    if row.shelf != "none":
        # Nobody is to answer: how long it waits, and whether it is new, would only be noise.
        return [*_shelf(row), *_blocked(row)]
    return [*_blocked(row), *_due(row), *_state(row), *_priority(row), *_new(row), *_step(row)]


def date(row: Row, sort: str) -> datetime:
    """The moment the list is sorted by: that is what a reader goes down the column for."""
    order = sorts.ORDERS.get(sort)
    value = getattr(row, order.column.key) if order else None
    return value if isinstance(value, datetime) else row.last_message_at


def place(row: Row, sort: str) -> int:
    """Where the row stands in its list, for the page's script."""
    return sorts.place_of(row, sorts.ORDERS[sort])


def _shelf(row: Row) -> list[Chip]:
    made = [Chip(_("spam"), "", "shield-alert") if row.shelf == "spam" else Chip(_("trash"), "", "trash-2")]
    if row.silenced:
        made.append(Chip(_("%(count)s in silence", count=row.silenced), "", "bell-off"))
    return made


def _blocked(row: Row) -> list[Chip]:
    if not row.blocked:
        return []
    return [Chip(_("we are out"), "danger", "log-out") if row.group else Chip(_("blocked"), "danger", "ban")]


def _due(row: Row) -> list[Chip]:
    """Overdue in red and in words; today's time, so that nobody has to open the ticket for it."""
    if row.due_at is None or row.stage == "done":
        return []
    if row.due_at <= now():
        # As below: %(age)s is filled in where it is shown.
        return [Chip(_("overdue %(age)s", age="%(age)s"), "danger", "timer", row.due_at)]
    if not _is_soon(row.due_at):
        return []
    return [Chip(_("due %(when)s", when=times.moment_with_day(row.due_at)), "", "timer")]


def _is_soon(moment: datetime) -> bool:
    return times.local_day(moment) == times.local_day(now())


def _priority(row: Row) -> list[Chip]:
    """Only what stands out: the others are as they should be."""
    if row.stage == "done" or row.priority < HIGH:
        return []
    return [Chip(_("urgent"), "danger", "flag") if row.priority > HIGH else Chip(_("high"), "warn", "flag")]


def _step(row: Row) -> list[Chip]:
    return [Chip(row.step)] if row.step and row.stage == "open" else []


def _new(row: Row) -> list[Chip]:
    """Nobody has answered yet; of subtasks nobody has to."""
    return [Chip(_("new"), "accent")] if row.new and not row.parent_id else []


def offer(row: Row) -> str:
    """To whom a ticket is offered that nobody has taken yet; '' when it is not."""
    if not row.offered or row.stage == "done" or row.shelf != "none":
        return ""
    return _("offered: %(team)s", team=row.team) if row.team else _("offered to everybody")


def _state(row: Row) -> list[Chip]:
    if row.stage == "done":
        return [Chip(outcome_words.outcome(row.outcome), "ok", "check")]
    if row.stage == "snoozed":
        until = times.moment_with_day(row.snoozed_until) if row.snoozed_until else ""
        return [Chip(_("until %(when)s", when=until), "", "moon")]
    if row.due_at is not None and row.due_at <= now():
        return []  # said in red already
    if row.waiting_for == "us" and row.waiting_since:
        # The age is put in where it is shown: %(age)s has to survive until then.
        return [Chip(_("waiting %(age)s", age="%(age)s"), "warn", "clock", row.waiting_since)]
    return [Chip(_("waiting for customer"))] if row.waiting_for == "customer" else []


def _trouble(state: str) -> str:
    if state == "blocked":
        return _("Not delivered: the customer has blocked us")
    return _("May not have arrived") if state == "uncertain" else _("Not delivered")


def _icon(shown: Preview) -> str:
    return "lock" if shown.kind == "note" else kind_words.kind_icon(shown.part_kind)


def _lead(shown: Preview) -> str:
    if shown.kind == "auto":
        return _("Auto-reply:")
    if shown.kind not in ("reply", "note"):
        return ""
    return _("You:") if shown.mine else f"{shown.author.split(' ')[0]}:"


def _words(shown: Preview) -> str:
    if shown.part_kind == "text":
        return shown.text
    named = kind_words.kind_line(shown.part_kind, shown.count, shown.duration, shown.file_name)
    return f"{named}: {shown.text}" if shown.text else named
