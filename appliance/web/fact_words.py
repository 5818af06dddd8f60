"""What stands on a ticket in words: priorities, fields, due times; and how the timeline tells of their change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.models import now
from appliance.services import field_kinds, settings, teams
from appliance.services.ticket_facts import PRIORITIES
from appliance.services.timeline import EventView
from appliance.web import local_moments, times

EVENING = 18


@dataclass(frozen=True)
class DueChoice:
    """`hint` says the moment, so that nobody has to count."""

    code: str
    label: str
    moment: datetime

    @property
    def hint(self) -> str:
        return times.moment_with_day(self.moment)


def language() -> str:
    return str(get_locale() or "en")


def priorities() -> list[tuple[int, str]]:
    """(what is stored, its name) for menus."""
    return [(number, _(name)) for number, name in PRIORITIES]


def priority(number: int) -> str:
    return _(dict(PRIORITIES).get(number, str(number)))


def has_priorities() -> bool:
    """Whether the company wants them."""
    return settings.get("priorities") == "1"


def field_text(kind: str, value: str) -> str:
    """What stands in a field, as people read it."""
    if kind == "date" and value:
        try:
            return str(format_date(date.fromisoformat(value), "medium", locale=language()))
        except ValueError:
            return value
    return field_kinds.show(kind, value, language(), settings.get("currency") if kind == "money" else "")


def due_choices() -> list[DueChoice]:
    """What most mean, each in the evening; today's is left out once it has passed."""
    made = [
        DueChoice("today", _("Today"), evening(0)),
        DueChoice("tomorrow", _("Tomorrow"), evening(1)),
        DueChoice("week", _("In a week"), evening(7)),
    ]
    return [choice for choice in made if choice.moment > now()]


def evening(days: int) -> datetime:
    """Counted in local days, so that a change of the clocks moves nothing."""
    zone = local_moments.zone()
    day = now().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(EVENING), zone).astimezone(UTC)


def read_due(written: str) -> datetime | None:
    """A choice's code, a local moment as <input type=datetime-local> writes it, or '' for none. ValueError for anything
    else."""
    codes = {"today": 0, "tomorrow": 1, "week": 7}
    if not written:
        return None
    if written in codes:
        return evening(codes[written])
    return local_moments.read(written)


def is_past(moment: datetime) -> bool:
    return moment <= now()


def step_choices(steps: Sequence[str]) -> list[tuple[str, str]]:
    return [(step, step) for step in steps]


def choice_pairs(choices: Sequence[str], value: str) -> list[tuple[str, str]]:
    """(value, words) of a field's choices; what stands in it is among them even if it is offered no more."""
    known = choices if not value or value in choices else (*choices, value)
    return [("", _("none")), *((each, each) for each in known)]


def names() -> dict[str, object]:
    """For the templates of the desk."""
    return {
        "choice_pairs": choice_pairs,
        "due_choices": due_choices,
        "due_input": local_moments.write,
        "field_text": field_text,
        "has_priorities": has_priorities,
        "is_past": is_past,
        "priorities": priorities,
        "priority_name": priority,
        "step_choices": step_choices,
        "team_names": teams.names,
    }


def _tags(event: EventView, _reader_id: int | None) -> str:
    before, after = event.before.get("tags") or [], event.after.get("tags") or []
    put, taken = [name for name in after if name not in before], [name for name in before if name not in after]
    said = [_("put on %(tags)s", tags=", ".join(put))] if put else []
    said += [_("took off %(tags)s", tags=", ".join(taken))] if taken else []
    return ", ".join(said)


def _priority(event: EventView, _reader_id: int | None) -> str:
    was, is_now = (priority(int(each.get("priority") or 0)) for each in (event.before, event.after))
    return _("priority: %(now)s (was: %(before)s)", now=is_now, before=was)


def _due(event: EventView, _reader_id: int | None) -> str:
    due = event.after.get("due_at")
    if not due:
        return _("no longer due at a certain time")
    return _("due: %(when)s", when=times.moment_with_day(datetime.fromisoformat(str(due))))


def _team(event: EventView, _reader_id: int | None) -> str:
    if event.after.get("offered_at"):
        return ""
    given = event.after.get("team_id")
    if not given:
        return _("of no team any more")
    return _("given to the team %(team)s", team=teams.names().get(int(given), "?"))


def _step(event: EventView, _reader_id: int | None) -> str:
    step, before = event.after.get("step"), event.before.get("step")
    if not step:
        return _("no longer at the stage “%(stage)s”", stage=before)
    return _("stage: %(stage)s", stage=step)


def _field(event: EventView, _reader_id: int | None) -> str:
    kind, name = str(event.after.get("kind", "")), event.after.get("name", "")
    before, after = (field_text(kind, str(each.get("value") or "")) for each in (event.before, event.after))
    if not after:
        return _("%(field)s: emptied (was: %(before)s)", field=name, before=before)
    if not before:
        return _("%(field)s: %(now)s", field=name, now=after)
    return _("%(field)s: %(now)s (was: %(before)s)", field=name, now=after, before=before)


def _follower(event: EventView, reader_id: int | None) -> str:
    who, follows = event.after.get("follower"), event.after.get("follows")
    if who == event.actor_id and event.actor_kind == "agent":
        return _("follows this ticket") if follows else _("no longer follows this ticket")
    name = _("You") if who == reader_id else event.names.get(int(who or 0)) or _("Someone")
    said = _("%(name)s follows this ticket", name=name)
    return said if follows else _("%(name)s no longer follows this ticket", name=name)


CHANGES: Mapping[str, Callable[[EventView, int | None], str]] = {
    "team_id": _team,
    "tags": _tags,
    "priority": _priority,
    "due_at": _due,
    "step": _step,
    "field": _field,
    "follower": _follower,
}
