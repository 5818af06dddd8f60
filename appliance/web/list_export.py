"""A list as a CSV file, as the spreadsheets of the reader's language open it with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, g, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.models import now
from appliance.services import list_export, settings
from appliance.services.fields import FieldView
from appliance.services.list_export import ListedTicket
from appliance.web import downloads, fact_words, filter_words, list_state, outcome_words

# A spreadsheet takes what begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Column = tuple[str, Callable[[ListedTicket], str]]


def export() -> ResponseReturnValue:
    """Every ticket of the list that this address shows; written while it is sent."""
    shown = list_state.read()
    numbers = list_export.begin(g.actor, shown.filters, shown.sort)
    response = Response(stream_with_context(_lines(numbers)), mimetype="text/csv")
    response.headers["Cache-Control"] = "private, no-store"
    name = f"{_file_name(shown)} {now().astimezone(_zone()).date().isoformat()}.csv"
    downloads.name(response, name)
    return response


def safe(text: str) -> str:
    """What somebody wrote, so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(numbers: Sequence[int]) -> Iterator[bytes]:
    # Without the mark Excel takes the file for one of the last century's alphabets.
    yield "\ufeff".encode()
    columns = _columns()
    yield _line([name for name, _read in columns])
    for listed in list_export.read(g.actor, numbers):
        yield _line([read(listed) for _name, read in columns])


def _line(cells: Sequence[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";" if _is_russian() else ",").writerow(cells)
    return written.getvalue().encode()


def _columns() -> list[Column]:
    zone = _zone()
    priority: list[Column] = [(_("Priority"), lambda row: fact_words.priority(row.ticket.priority))]
    return [
        (_("Number"), lambda row: str(row.ticket.id)),
        (_("Subject"), lambda row: safe(row.ticket.subject)),
        (_("Customer"), lambda row: safe(row.contact)),
        (_("Company"), lambda row: safe(row.company)),
        (_("Connection"), lambda row: safe(row.connection)),
        (_("Template"), lambda row: safe(row.template)),
        (_("Status"), _status),
        (_("Stage"), lambda row: safe(row.ticket.step)),
        (_("Outcome"), lambda row: safe(_outcome(row))),
        (_("Assignee"), lambda row: safe(row.assignee)),
        (_("Team"), lambda row: safe(row.team)),
        *(priority if fact_words.has_priorities() else []),
        (_("Tags"), lambda row: safe(", ".join(row.tags))),
        (_("Created"), lambda row: _moment(row.ticket.created_at, zone)),
        (_("First reply"), lambda row: _moment(row.ticket.answered_at, zone)),
        (_("Done"), lambda row: _moment(row.ticket.done_at, zone)),
        *(_own_column(field) for field in list_export.columns()),
    ]


def _own_column(field: FieldView) -> Column:
    return safe(field.name), lambda row: _field(field.kind, row.fields.get(field.id, ""))


def _field(kind: str, value: str) -> str:
    """Numbers and days as spreadsheets reckon with them: no groups, no currency."""
    if kind in ("number", "money"):
        return value.replace(".", ",") if _is_russian() else value
    if kind == "date":
        try:
            return date.fromisoformat(value).strftime("%d.%m.%Y" if _is_russian() else "%Y-%m-%d")
        except ValueError:
            return safe(value)
    return safe(value)


def _status(row: ListedTicket) -> str:
    ticket = row.ticket
    if ticket.shelf != "none":
        return filter_words.tab(ticket.shelf)
    return outcome_words.stage(ticket.stage, ticket.waiting_for, new=ticket.answered_at is None)


def _outcome(row: ListedTicket) -> str:
    return outcome_words.outcome(row.ticket.outcome) if row.ticket.stage == "done" else ""


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    style = "%d.%m.%Y %H:%M" if _is_russian() else "%Y-%m-%d %H:%M"
    return value.astimezone(zone).strftime(style) if value else ""


def _file_name(shown: list_state.Shown) -> str:
    return shown.view.name if shown.view else filter_words.tab(shown.tab)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.get("time_zone"))


def _is_russian() -> bool:
    return fact_words.language() == "ru"
