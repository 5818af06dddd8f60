"""Times as people read them: template filters in the reader's language and the box's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from flask import Flask
from flask_babel import get_locale, gettext, to_user_timezone

from appliance.models import now


def iso(moment: datetime) -> str:
    """For <time datetime>: UTC, whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(value: datetime, style: str = "clock") -> str:
    """clock 14:07 · short 14:07 | yesterday | Mon | 12 Feb | 12 Feb 2025 · day · date · stamp 12/02/2025 14:07
    · full."""
    return _STYLES[style](to_user_timezone(value))


def age(value: datetime) -> str:
    """How long ago, in the one unit that matters: '18 min', '3 hr', '2 days'."""
    passed = max(timedelta(minutes=1), now() - value)
    return str(format_timedelta(passed, format="short", threshold=1, locale=_locale()))


def moment_with_day(value: datetime) -> str:
    """A moment to come or past, as one says it: '14:07' today, else 'Mon, 9 Mar, 09:00'."""
    local = to_user_timezone(value)
    if local.date() == to_user_timezone(now()).date():
        return _clock(local)
    day = format_skeleton("MMMEd", local, locale=_european(_locale()))
    return f"{day}, {_clock(local)}"


def local_day(value: datetime) -> str:
    """The day it was here, for telling days apart."""
    return str(to_user_timezone(value).date().isoformat())


def init_app(app: Flask) -> None:
    app.add_template_filter(iso, "iso")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(moment_with_day, "moment_with_day")
    app.add_template_filter(age, "age")


def _locale() -> str:
    return str(get_locale() or "en")


def _clock(local: datetime) -> str:
    # Twenty-four hours in both languages: a shop's log must not be read twice.
    return local.strftime("%H:%M")


def _seconds(local: datetime) -> str:
    return local.strftime("%H:%M:%S")


def _short(local: datetime) -> str:
    today = to_user_timezone(now()).date()
    days = (today - local.date()).days
    if days == 0:
        return _clock(local)
    if days == 1:
        return _named_day(1).lower()
    if 1 < days < 7:
        return format_date(local, "EEE", locale=_locale())
    return _date(local)


def _date(local: datetime) -> str:
    this_year = to_user_timezone(now()).year == local.year
    skeleton = "MMMd" if this_year else "yMMMd"
    return str(format_skeleton(skeleton, local, locale=_european(_locale())))


def _day(local: datetime) -> str:
    """A heading over a day's messages: 'Today, 5 March'."""
    today = to_user_timezone(now()).date()
    days = (today - local.date()).days
    skeleton = "MMMMd" if today.year == local.year else "yMMMMd"
    written = str(format_skeleton(skeleton, local, locale=_european(_locale())))
    if days in (0, 1):
        return f"{_named_day(days)}, {written}"
    return written


def _month(local: datetime) -> str:
    # "мая 2026" and not "май 2026 г.": it stands after "since".
    return str(format_date(local, "MMMM y", locale=_locale()))


def _stamp(local: datetime) -> str:
    """For columns, where all are read one below the other."""
    return f"{format_date(local, 'short', locale=_european(_locale()))} {_clock(local)}"


def _full(local: datetime) -> str:
    date = format_date(local, "full", locale=_european(_locale()))
    return f"{date}, {format_time(local, 'HH:mm:ss', locale=_locale())}"


def _named_day(days: int) -> str:
    return gettext("Today") if days == 0 else gettext("Yesterday")


def _european(locale: str) -> str:
    """'5 Mar 2026' rather than 'Mar 5, 2026' for readers of English."""
    return "en_GB" if locale == "en" else locale


_STYLES: dict[str, Callable[[datetime], str]] = {
    "clock": _clock,
    "seconds": _seconds,
    "short": _short,
    "date": _date,
    "day": _day,
    "month": _month,
    "stamp": _stamp,
    "full": _full,
}
