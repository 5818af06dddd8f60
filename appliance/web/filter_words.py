"""Filters in the reader's words: what a chip says, and what the dialog offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.services import busy_hours, filter_choices, settings
from appliance.services.filter_choices import Choice, Offered
from appliance.services.filters import Filters, end_of
from appliance.services.ticket_facts import PRIORITIES
from appliance.web import outcome_words
from appliance.web.list_state import Arguments, Shown


@dataclass(frozen=True)
class FilterChip:
    """One chosen value; `args` is the list without it."""

    kind: str
    text: str
    args: Arguments


@dataclass(frozen=True)
class Span:
    """Two inputs of the dialog; `input` is their type."""

    first: str
    last: str
    label: str
    input: str


@dataclass(frozen=True)
class Kind:
    """A group of the dialog: boxes to tick, of which `open` ones are shown at once."""

    word: str
    label: str
    choices: tuple[Choice, ...]
    open: bool


def chips(shown: Shown) -> list[FilterChip]:
    names, fields = filter_choices.names(shown.filters), filter_choices.field_names(shown.filters)
    return [
        FilterChip(
            kind=fields.get(word) or kind(word),
            text=names.get((word, value)) or value_text(word, value),
            args=shown.args_of(shown.filters.without(word, value)),
        )
        for word, value in shown.filters.chosen
    ]


def kinds(filters: Filters, offered: Offered) -> list[Kind]:
    """What the dialog offers; a group with nothing to choose from is left out."""
    groups: list[tuple[str, str, Sequence[Choice]]] = [
        ("assignee", kind("assignee"), _worded("assignee", "me", "none") + offered.agents),
        ("team", kind("team"), (_worded("team", "none") + offered.teams) if offered.teams else ()),
        ("tag", kind("tag"), offered.tags),
        ("due", kind("due"), _worded("due", "overdue", "today", "week")),
        ("priority", kind("priority"), _priorities(filters)),
        ("stage", kind("stage"), _worded("stage", "open", "snoozed", "done") + offered.steps),
        ("outcome", kind("outcome"), tuple(Choice(code, label) for code, label in outcome_words.outcomes())),
        ("connection", kind("connection"), offered.connections if len(offered.connections) > 1 else ()),
        ("template", kind("template"), offered.templates),
        ("done_by", kind("done_by"), _worded("done_by", "me") + offered.agents),
    ]
    groups += [
        (f"field-{field.id}", field.name, tuple(Choice(value, value) for value in field.choices))
        for field in offered.fields
    ]
    return [Kind(word, label, tuple(choices), bool(filters.values(word))) for word, label, choices in groups if choices]


def spans(offered: Offered) -> list[Span]:
    """What has a from and an until: two days of every ticket, and the shop's own fields that are measured."""
    own = [(f"field-{field.id}", field.name, "date" if field.kind == "date" else "number") for field in offered.spans]
    return [
        Span("created_from", "created_to", _("Created"), "date"),
        Span("done_from", "done_to", _("Done"), "date"),
        *(Span(f"{word}-from", f"{word}-to", name, shown_as) for word, name, shown_as in own),
    ]


def kind(word: str) -> str:
    known = _KINDS.get(word)
    return known() if known else _("Field")


def value_text(word: str, value: str) -> str:
    """For values without a name of their own."""
    if end := end_of(word):
        shown = _measured(value)
        return _("from %(value)s", value=shown) if end == "from" else _("until %(value)s", value=shown)
    if word in ("created_from", "created_to", "done_from", "done_to"):
        return str(format_date(date.fromisoformat(value), "medium", locale=str(get_locale() or "en")))
    if word == "priority":
        return priority(int(value))
    if word == "opened":
        weekday, hour = busy_hours.read(value)
        return f"{get_day_names('abbreviated', locale=get_locale() or 'en')[weekday]}, {hour}:00"
    if word == "outcome":
        return outcome_words.outcome(value)
    known = _VALUES.get((word, value)) or _VALUES.get(("", value))
    return known() if known else value


def _measured(value: str) -> str:
    """A day or a number of a field's span."""
    locale = str(get_locale() or "en")
    try:
        return str(format_date(date.fromisoformat(value), "medium", locale=locale))
    except ValueError:
        return str(format_decimal(value, "#,##0.######", locale=locale))


def priority(number: int) -> str:
    known = dict(PRIORITIES)
    return _(known[number]) if number in known else str(number)


def tab(name: str) -> str:
    """What a list is called."""
    return _TABS[name]()


def sort(name: str) -> str:
    """What an order is called, as the menu says it."""
    return _SORTS[name]()


def _worded(word: str, *values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, value_text(word, value)) for value in values)


def _priorities(filters: Filters) -> tuple[Choice, ...]:
    """A shop that does without priorities is not asked about them."""
    if settings.get("priorities") or filters.values("priority"):
        return tuple(Choice(str(number), priority(number)) for number, _name in reversed(PRIORITIES))
    return ()


_KINDS: Mapping[str, Callable[[], str]] = {
    "assignee": lambda: _("Assignee"),
    "team": lambda: _("Team"),
    "tag": lambda: _("Tag"),
    "connection": lambda: _("Connection"),
    "template": lambda: _("Template"),
    "priority": lambda: _("Priority"),
    "outcome": lambda: _("Outcome"),
    "stage": lambda: _("Stage"),
    "due": lambda: _("Due"),
    "created_from": lambda: _("Created from"),
    "created_to": lambda: _("Created until"),
    "done_from": lambda: _("Done from"),
    "done_to": lambda: _("Done until"),
    "done_by": lambda: _("Done by"),
    "opened": lambda: _("Opened in the last four weeks"),
    "organisation": lambda: _("Company"),
    "contact": lambda: _("Customer"),
}
_VALUES: Mapping[tuple[str, str], Callable[[], str]] = {
    ("assignee", "none"): lambda: _("unclaimed"),
    ("team", "none"): lambda: _("no team"),
    ("", "me"): lambda: _("me"),
    ("due", "overdue"): lambda: _("overdue"),
    ("due", "today"): lambda: _("due today"),
    ("due", "week"): lambda: _("due in the next 7 days"),
    ("stage", "open"): lambda: _("open"),
    ("stage", "snoozed"): lambda: _("snoozed"),
    ("stage", "done"): lambda: _("done"),
}
_TABS: Mapping[str, Callable[[], str]] = {
    "waiting": lambda: _("Waiting for us"),
    "mine": lambda: _("Mine"),
    "unclaimed": lambda: _("Unclaimed"),
    "all": lambda: _("All"),
    "mentions": lambda: _("Mentions"),
    "drafts": lambda: _("Drafts"),
    "snoozed": lambda: _("Snoozed"),
    "undelivered": lambda: _("Not delivered"),
    "overdue": lambda: _("Overdue"),
    "new": lambda: _("New tickets"),
    "done": lambda: _("Done tickets"),
    "spam": lambda: _("Spam"),
    "trash": lambda: _("Trash"),
}
_SORTS: Mapping[str, Callable[[], str]] = {
    "waiting": lambda: _("Longest waiting first"),
    "newest": lambda: _("Newest message first"),
    "oldest": lambda: _("Oldest message first"),
    "created": lambda: _("Newest ticket first"),
    "due": lambda: _("Soonest due first"),
    "priority": lambda: _("Highest priority first"),
    "snoozed": lambda: _("Wakes up soonest first"),
    "done": lambda: _("Latest done first"),
}
