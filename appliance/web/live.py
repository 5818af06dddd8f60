"""What happened, as it happens: one stream a browser, ids only, and of what its reader may see. Pages fetch the
fragments; rights are checked there once more.

Beside events it tells where colleagues came, went or write: they are no events, and who misses them misses little."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from appliance import feed
from appliance.feed import Watcher
from appliance.models import Event
from appliance.services import attendance, hearing, presence
from appliance.services.presence_news import News, PresenceNews
from appliance.values import Actor
from appliance.web import limits
from appliance.web.running import running

blueprint = Blueprint("live", __name__)
HEARTBEAT = 15.0
# Then the browser comes back by itself and is asked again who it is.
LONGEST = 600.0
LOOK = 1.0
CATCH_UP = 500
NAME = "live"


class Streams:
    """The open streams of one process; each has a queue that the feed's watcher fills."""

    def __init__(self, watcher: Watcher, most: int = limits.STREAMS) -> None:
        self._watcher = watcher
        self._presence = PresenceNews()
        watcher.bring_along(self._presence.look)
        self._places = threading.BoundedSemaphore(most)

    def open(self, after: int, by: Actor, stopping: threading.Event) -> Iterator[str] | None:
        """Messages of an agent's stream; None when there is no place."""
        if not self._places.acquire(blocking=False):
            return None
        arrived: queue.SimpleQueue[list[Event] | News] = queue.SimpleQueue()
        # Listening before looking back: nothing falls between the two.
        deaf = self._watcher.listen(arrived.put), self._presence.listen(arrived.put)

        def leave() -> None:
            for stop in deaf:
                stop()
            self._places.release()

        return _Stream(_follow(after, by, arrived, stopping), leave)


class _Stream(Iterator[str]):
    """Gives its place back when the server closes it, even if it was never started."""

    def __init__(self, messages: Iterator[str], leave: Callable[[], None]) -> None:
        self._messages = messages
        self._leave: Callable[[], None] | None = leave

    def __next__(self) -> str:
        return next(self._messages)

    def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()


@blueprint.get("/live")
def stream() -> ResponseReturnValue:
    """`Last-Event-ID`, or `after` on the first visit, says what is known already. 204: no place, please poll."""
    opened = _streams().open(_known(), g.actor, running().stopping)
    if opened is None:
        return "", 204
    response = Response(opened, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


@blueprint.get("/live/since")
def since() -> ResponseReturnValue:
    """The same by polling. `reset`: too much happened to tell; look at everything anew. `presence`: [ticket, agent,
    since when], all there are; the asking side finds what changed."""
    after = _known()
    events = feed.after(after, CATCH_UP + 1)
    everywhere = presence.everywhere()
    present = [[*pair, everywhere[pair]] for pair in hearing.present_for(g.actor, everywhere)]
    if len(events) > CATCH_UP:
        return jsonify(events=[], last=feed.last_id(), reset=True, presence=present)
    last = events[-1].id if events else after
    told = [_ids(event) for event in hearing.heard_by(g.actor, events)]
    return jsonify(events=told, last=last, reset=False, presence=present)


def _streams() -> Streams:
    if NAME not in current_app.extensions:
        current_app.extensions[NAME] = Streams(running().watcher)
    found: Streams = current_app.extensions[NAME]
    return found


def _known() -> int:
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return int(given) if given.isdecimal() and len(given) < 18 else feed.last_id()


def _follow(
    after: int, by: Actor, arrived: queue.SimpleQueue[list[Event] | News], stopping: threading.Event
) -> Iterator[str]:
    yield "retry: 2000\n\n"
    missed = feed.after(after, CATCH_UP + 1)
    if len(missed) > CATCH_UP:
        after = feed.last_id()
        yield f"id: {after}\nevent: reset\ndata: {after}\n\n"
    elif missed:
        after = missed[-1].id
        yield _message(hearing.heard_by(by, missed), after)
    ends, beat = time.monotonic() + LONGEST, time.monotonic() + HEARTBEAT
    while not stopping.is_set() and time.monotonic() < ends:
        try:
            news = arrived.get(timeout=LOOK)
        except queue.Empty:
            news = []
        if isinstance(news, frozenset):
            yield _presence(hearing.present_for(by, sorted(news)))
        elif events := [event for event in news if event.id > after]:
            after = events[-1].id
            yield _message(hearing.heard_by(by, events), after)
        if time.monotonic() >= beat:
            beat = time.monotonic() + HEARTBEAT
            # An open desk is somebody at work, even if they press nothing.
            if by.id is not None:
                attendance.touch(by.id)
            yield ": still here\n\n"


def _message(events: Sequence[Event], last: int) -> str:
    """Whatever came up to `last`; '' when it is not this reader's."""
    told = json.dumps([_ids(event) for event in events], separators=(",", ":"))
    return f"id: {last}\ndata: {told}\n\n" if events else ""


def _presence(pairs: Sequence[tuple[int, int]]) -> str:
    return f"event: presence\ndata: {json.dumps(pairs, separators=(',', ':'))}\n\n" if pairs else ""


def _ids(event: Event) -> dict[str, object]:
    """Never content: what it names is fetched, and the fetching is checked."""
    made: dict[str, object] = {
        "id": event.id,
        "kind": event.kind,
        "ticket": event.ticket_id,
        "message": event.message_id,
    }
    if event.actor_kind == "agent":
        made["agent"] = event.actor_id
    return made
