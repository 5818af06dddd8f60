"""Lines of the timeline in words: who did what to the ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from appliance.services import teams
from appliance.services.timeline import EventView
from appliance.web import arranged_words, contact_event_words, fact_words, outcome_words, times


def describe(event: EventView, channel_title: str, reader_id: int | None) -> str:
    """One sentence; a change of several fields is joined by commas."""
    if event.kind == "ticket_created":
        return _created(event, channel_title)
    if event.kind == "contact_changed":
        return contact_event_words.describe(event, reader_id)
    said = _changed(event, reader_id) if event.kind == "ticket_changed" else arranged_words.describe(event)
    if event.actor_kind != "agent":
        return said[:1].upper() + said[1:]
    return f"{_who(event.actor_id, event.actor, reader_id)}: {said}"


def _changed(event: EventView, reader_id: int | None) -> str:
    told = [words(event, reader_id) for field, words in _FIELDS.items() if field in event.after]
    return ", ".join(text for text in told if text)


def _created(event: EventView, channel_title: str) -> str:
    said = [_opened(event, channel_title), *_given(event)]
    return " · ".join(said)


def _given(event: EventView) -> list[str]:
    """To whom the template gave it at once."""
    given = event.after.get("given") or {}
    named = {"template": given.get("template", "")}
    said = []
    if given.get("agent"):
        name = event.names.get(int(given["agent"]), "?")
        said.append(_("assigned to %(name)s by the template “%(template)s”", name=name, **named))
    if given.get("team"):
        team = teams.names().get(int(given["team"]), "?")
        said.append(_("given to the team %(team)s by the template “%(template)s”", team=team, **named))
    return said


def _opened(event: EventView, channel_title: str) -> str:
    if event.after.get("by_hand"):
        return _("Created by hand: %(name)s", name=event.actor or _("Someone"))
    for origin, words in _ORIGINS.items():
        if event.after.get(origin):
            return words(event.after[origin])
    text = _("Created from %(channel)s", channel=channel_title) if channel_title else _("Created")
    if event.after.get("entrance"):
        return f"{text} · {_entrance(event, None)}"
    start = str(event.after.get("start") or "")
    if not start:
        return text
    came = _("came by the link “%(link)s”", link=start)
    return f"{text} · {came}"


def _entrance(event: EventView, _reader_id: int | None) -> str:
    return _("came by “%(place)s”", place=event.after.get("entrance", ""))


def _assignee(event: EventView, reader_id: int | None) -> str:
    given = event.after.get("assignee_id")
    if not given:
        return "" if event.after.get("team_id") or event.after.get("offered_at") else _("gave it back")
    if event.actor_kind == "agent" and event.actor_id == given:
        return _("took it")
    return _("assigned to %(name)s", name=_who(given, event.names.get(int(given), "?"), reader_id))


def _offered(event: EventView, _reader_id: int | None) -> str:
    """An offer that has ended was taken, which is told."""
    if not event.after.get("offered_at"):
        return ""
    team = event.after.get("team_id")
    if not team:
        return _("offered to whoever takes it first")
    return _("offered to the team %(team)s", team=teams.names().get(int(team), "?"))


def _stage(event: EventView, _reader_id: int | None) -> str:
    stage, before = event.after.get("stage"), event.before.get("stage")
    if stage == "done":
        return _("done: %(outcome)s", outcome=outcome_words.outcome(str(event.after.get("outcome", ""))))
    if stage == "snoozed":
        return _("snoozed until %(when)s", when=_when(event.after.get("snoozed_until")))
    return _("reopened") if before == "done" else _("back from snooze")


def _shelf(event: EventView, _reader_id: int | None) -> str:
    shelf = event.after.get("shelf")
    if shelf == "spam":
        return _("marked as spam")
    if shelf == "trash":
        quiet = event.after.get("quiet")
        return _("moved to the trash, the person kept quiet") if quiet else _("moved to the trash")
    return _("restored")


def _quiet(event: EventView, _reader_id: int | None) -> str:
    """By itself: whoever was kept quiet may start anew."""
    if "shelf" in event.after:
        return ""
    return _("keeps the person quiet") if event.after.get("quiet") else _("lets the person start anew")


def _subject(event: EventView, _reader_id: int | None) -> str:
    return _("renamed to “%(subject)s”", subject=event.after.get("subject", ""))


def _who(agent_id: Any, name: str, reader_id: int | None) -> str:
    return _("You") if agent_id == reader_id else (name or _("Someone"))


def _when(written: Any) -> str:
    try:
        return times.moment_with_day(datetime.fromisoformat(str(written)))
    except ValueError:
        return "?"


_ORIGINS: Mapping[str, Callable[[Any], str]] = {
    "split_from": lambda number: _("Split off from No. %(number)s", number=number),
    "parent": lambda number: _("A subtask of No. %(number)s", number=number),
}
_FIELDS: Mapping[str, Callable[[EventView, int | None], str]] = {
    "assignee_id": _assignee,
    "offered_at": _offered,
    "stage": _stage,
    "shelf": _shelf,
    "quiet": _quiet,
    "subject": _subject,
    "entrance": _entrance,
    **fact_words.CHANGES,
}
