"""Lines of the status page about each connection: what came in, what waits and why, when nothing could be received."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from appliance.language import mark
from appliance.models import now
from appliance.services import flow, outages
from appliance.services.channels import channels
from appliance.services.connecting import explain_trouble
from appliance.services.connection_list import ConnectionView
from appliance.services.flow import Flow, Held
from appliance.values import CheckResult

LATE = timedelta(minutes=5)
REASONS: Mapping[str, str] = {
    "trouble": mark("Replies that wait until the connection works again: {count}."),
    "unsure": mark("Replies that wait until the messenger answers again after a time-out: {count}."),
    "limited": mark("Replies that wait because the messenger asked for a pause, until {until}: {count}."),
    "undo": mark("Replies that can still be taken back: {count}."),
    "retry": mark("Replies that are tried again, next at {until}: {count}. Reason: {reason}"),
    "turn": mark("Replies whose turn comes now: {count}."),
}
# What needs nobody's eye.
_CALM = frozenset({"undo", "turn"})


def checks(view: ConnectionView, language: str) -> Iterator[CheckResult]:
    """What is to be said of one connection beyond its health; texts are msgids."""
    found = flow.of(view.id)
    if found.last_update_at is not None:
        yield CheckResult(view.title, "ok", mark("Last message: {time}."), params={"time": found.last_update_at})
    yield from _incoming(view, found)
    for held in found.waiting:
        yield _waiting(view, held, language)


def gaps(views: list[ConnectionView]) -> Iterator[CheckResult]:
    """When nothing could be received lately."""
    titles = {view.id: view.title for view in views}
    keeps = {view.id: _keeps_hours(view.channel) for view in views}
    for gap in outages.recent(keeps):
        params = {"from": gap.began_at, "to": gap.ended_at, "hours": keeps.get(gap.connection_id, 0)}
        title = titles.get(gap.connection_id, "?")
        if gap.lost:
            text = mark("Nothing was received from {from} to {to}; messages older than {hours} hours may be gone.")
            advice = mark("The messenger does not keep them longer. Ask customers who may have written in that time.")
            yield CheckResult(title, "warn", text, advice, params)
        else:
            text = mark("Nothing was received from {from} to {to}. What came meanwhile was fetched later.")
            yield CheckResult(title, "ok", text, params=params)


def _incoming(view: ConnectionView, found: Flow) -> Iterator[CheckResult]:
    if found.backlog:
        late = found.last_update_at is not None and now() - found.last_update_at > LATE
        yield CheckResult(
            view.title,
            "fail" if late else "ok",
            mark("Messages that wait to be read: {count}."),
            mark("The worker does not run, or it hangs.") if late else "",
            {"count": found.backlog},
        )
    if found.unread:
        yield CheckResult(
            view.title,
            "warn",
            mark("Messages that could not be read: {count}. Each is shown in its chat."),
            mark("After an update of the plugin, `appliance replay` reads them again."),
            {"count": found.unread},
        )
    if found.held:
        yield CheckResult(
            view.title,
            "warn",
            mark("Messages of groups that wait for your yes: {count}."),
            mark("Allow or refuse the group: Settings, Connections."),
            {"count": found.held},
        )


def _waiting(view: ConnectionView, held: Held, language: str) -> CheckResult:
    reason = explain_trouble(view.channel, held.error, {}, language).text if held.error else "–"
    params = {"count": held.count, "until": held.until, "reason": reason}
    return CheckResult(view.title, "ok" if held.code in _CALM else "warn", REASONS[held.code], params=params)


def _keeps_hours(channel: str) -> int:
    found = channels().get(channel)
    return found.capabilities.keeps_hours if found else 0
