"""How the box is: what the status page shows, in plain words. Asked each time the page is opened; quick."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

import appliance
from appliance import db
from appliance.language import mark, translate
from appliance.models import Delivery, File, InboundUpdate, now
from appliance.plugins import plugins
from appliance.services import disk, flow_checks, plugin_failures, preparing_order, room, search_checks
from appliance.services.connecting import explain_trouble
from appliance.services.connection_list import ConnectionView, all_connections
from appliance.values import CheckResult

# Early enough to do something about it.
LOW_DISK, LOW_SHARE = 2 << 30, 0.1
_ROOM_ADVICE = mark("Below, “What fills the disk” shows what could go.")
LATE = timedelta(minutes=5)


def checks(data: Path, language: str) -> list[CheckResult]:
    """Every line of the status page; `text` and `advice` are msgids with {named} `params`."""
    found = [*_connections(language), *_journal(), *_deliveries(), *_files(), *search_checks.checks()]
    found += [_disk(data), *_plugins(), _versions()]
    for _plugin, answers in plugins().ask("register_checks"):
        found.extend(answers)
    return found


def _connections(language: str) -> Iterator[CheckResult]:
    connected = all_connections()
    for view in connected:
        yield _connection(view, language)
        yield from flow_checks.checks(view, language)
    yield from flow_checks.gaps(connected)
    if not connected:
        yield CheckResult(
            mark("Connections"), "warn", mark("Nothing is connected yet."), mark("Settings, Connections: add a bot.")
        )


def _connection(view: ConnectionView, language: str) -> CheckResult:
    if view.health == "trouble":
        reason = explain_trouble(view.channel, view.trouble, view.trouble_params, language)
        return CheckResult(view.title, "fail", reason.text, reason.advice)
    texts = {
        "ok": mark("It answers; last heard at {time}."),
        "waiting": mark("It has not answered yet."),
        "silent": mark("Nothing was heard since {time}."),
        "paused": mark("It is paused: nothing is received and nothing sent."),
    }
    advice = mark("Is `appliance run` running, with its worker?") if view.health in ("waiting", "silent") else ""
    params = {"time": view.alive_at} if view.alive_at else {}
    return CheckResult(view.title, "ok" if view.health == "ok" else "warn", texts[view.health], advice, params)


def _journal() -> Iterator[CheckResult]:
    with db.session() as session:
        rows = select(func.count()).where(InboundUpdate.state.in_(("new", "failed", "held")))
        waiting = _count(session.scalar(rows))
    if not waiting:
        yield CheckResult(mark("Incoming messages"), "ok", mark("Everything that came in was read."))


def _deliveries() -> Iterator[CheckResult]:
    name = mark("Replies")
    with db.session() as session:
        states = {
            str(state): int(count)
            for state, count in session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
        }
        oldest = session.scalar(select(func.min(Delivery.created_at)).where(Delivery.state.in_(("queued", "sending"))))
    waiting = states.get("queued", 0) + states.get("sending", 0)
    late = oldest is not None and now() - oldest > LATE
    if waiting:
        yield CheckResult(name, "warn" if late else "ok", mark("On their way: {count}."), "", {"count": waiting})
    for state, text in (
        ("failed", mark("Not delivered: {count}. The bubbles say why.")),
        ("uncertain", mark("May have arrived, waiting for your decision: {count}.")),
    ):
        if states.get(state):
            yield CheckResult(name, "warn", text, "", {"count": states[state]})
    if not waiting and not states.get("failed") and not states.get("uncertain"):
        yield CheckResult(name, "ok", mark("Everything was sent."))


def _files() -> Iterator[CheckResult]:
    with db.session() as session:
        failed = _count(session.scalar(select(func.count()).where(File.state == "failed")))
        unmade = _count(session.scalar(select(func.count()).where(File.making == "failed")))
        waits = (File.state == "waiting") & (File.error_code == room.CODE)
        waits_inside = File.making.in_(preparing_order.LANES) & (File.failure == room.CODE)
        waiting = _count(session.scalar(select(func.count()).select_from(File).where(waits | waits_inside)))
    if waiting:
        text = mark("Files that wait because the disk could not take them: {count}.")
        advice = mark("Make room: they are fetched as soon as there is some.")
        yield CheckResult(mark("Files"), "fail", text, advice, {"count": waiting})
    where = mark("Below, “Files being prepared” shows why and tries again.")
    for count, text in (
        (failed, mark("Files that could not be fetched: {count}.")),
        (unmade, mark("Files that could not be prepared: {count}.")),
    ):
        if count:
            yield CheckResult(mark("Files"), "warn", text, where, {"count": count})


def _disk(data: Path) -> CheckResult:
    free, reserve = disk.free(data), room.reserve()
    if free < disk.FULL:
        text = mark("The disk is full: what customers write waits at the messenger until there is room.")
        return CheckResult(mark("Disk"), "fail", text, mark("Make room: with a full disk nothing new can be stored."))
    if free < reserve:
        text = mark("{free} GB are free: large files wait until there is more room. Messages and small files come in.")
        return CheckResult(mark("Disk"), "fail", text, _ROOM_ADVICE, _gigabytes(free))
    low = free < max(LOW_DISK, 2 * reserve, round(disk.total(data) * LOW_SHARE))
    return CheckResult(
        mark("Disk"),
        "warn" if low else "ok",
        mark("{free} GB are free."),
        _ROOM_ADVICE if low else "",
        _gigabytes(free),
    )


def _gigabytes(free: int) -> dict[str, str]:
    """A fraction matters only where little is left."""
    gigabytes = free / (1 << 30)
    return {"free": f"{gigabytes:.0f}" if gigabytes >= 10 else f"{gigabytes:.1f}"}


def _plugins() -> Iterator[CheckResult]:
    for failure in plugins().broken.values():
        yield CheckResult(
            mark("Plugin {plugin}"),
            "fail",
            mark("It does not run: {reason}"),
            "",
            {"plugin": failure.plugin, "reason": failure.reason},
        )
    for failed in plugin_failures.lately():
        yield CheckResult(
            mark("Plugin {plugin}"),
            "warn",
            mark("It failed in {where}, {count} times in the last week: {reason}"),
            "",
            {"plugin": failed.plugin, "where": failed.place, "count": failed.count, "reason": failed.reason},
        )


def _versions() -> CheckResult:
    params = {"version": appliance.__version__, "sqlite": sqlite3.sqlite_version}
    return CheckResult(mark("Version"), "ok", mark("Appliance {version}, SQLite {sqlite}."), "", params)


def _count(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


def as_text(found: list[CheckResult], language: str) -> str:
    """The same, to be copied into a message."""
    lines = []
    for check in found:
        name = translate(check.name, language, **check.params)
        lines.append(f"[{check.state}] {name}: {translate(check.text, language, **check.params)}")
    return "\n".join(lines)
