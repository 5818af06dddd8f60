"""A stretch of a chat as the log shows it: tickets, days, the line before new messages, groups, folded events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.services.bubbles import MessageView
from appliance.services.stretches import HiddenSpan, Item, Stretch, TicketMark
from appliance.services.timeline import EventView
from appliance.web import times

GROUP = timedelta(minutes=5)
FOLD = 3


@dataclass(frozen=True)
class Entry:
    """One line of the log. kind: boundary, day, new, hidden, bubble, events. `first`: the author is named here.
    `ticket_id`: in whose stretch it stands; `other`: that is not the ticket that is open."""

    kind: str
    at: datetime | None = None
    message: MessageView | None = None
    events: tuple[EventView, ...] = ()
    first: bool = True
    mark: TicketMark | None = None
    span: HiddenSpan | None = None
    ticket_id: int = 0
    other: bool = False

    @property
    def folded(self) -> bool:
        return len(self.events) >= FOLD

    @property
    def day(self) -> str:
        """For telling days apart, and for jumping to one."""
        return times.local_day(self.at) if self.at else ""


def entries(stretch: Stretch, opened: int = 0, read_to: int | None = None, *, goes_on: bool = False) -> list[Entry]:
    """With `read_to`, the line "New messages" stands before the open ticket's first customer's message after it.
    `goes_on`: what stands above is shown already, and its day and ticket are not named again."""
    log = _Log(stretch, opened, read_to)
    if goes_on and stretch.earlier is not None:
        log.go_on_from(stretch.earlier)
    for run in _runs(_placed(stretch.items, log.ticket_id)):
        log.add(run)
    return log.made


def single(message: MessageView, before: MessageView | None, opened: int = 0) -> Entry:
    """One bubble, grouped as it stands in the log."""
    joined = before is not None and times.local_day(before.at) == times.local_day(message.at)
    joined = joined and before is not None and before.ticket_id == message.ticket_id and _continues(before, message)
    return _bubble(message, opened, first=not joined)


@dataclass(frozen=True)
class _Run:
    """Items that make one entry, and in whose stretch they stand."""

    items: tuple[Item, ...]
    ticket_id: int


class _Log:
    """Writes entries one after another, and remembers what need not be said again."""

    def __init__(self, stretch: Stretch, opened: int, read_to: int | None) -> None:
        self.made: list[Entry] = []
        self.marks = stretch.tickets
        self.opened, self.read_to = opened, read_to
        self.day, self.ticket_id = "", 0
        self.before: MessageView | None = None

    def go_on_from(self, earlier: MessageView) -> None:
        self.day, self.ticket_id, self.before = times.local_day(earlier.at), earlier.ticket_id, earlier

    def add(self, run: _Run) -> None:
        first = run.items[0]
        if isinstance(first, HiddenSpan):
            self._line(Entry("hidden", span=first))
            return
        if run.ticket_id != self.ticket_id:
            self.ticket_id = run.ticket_id
            if mark := self.marks.get(run.ticket_id):
                self._line(Entry("boundary", mark=mark, ticket_id=run.ticket_id, other=self._is_other(run.ticket_id)))
        if times.local_day(first.at) != self.day:
            self.day = times.local_day(first.at)
            self._line(Entry("day", at=first.at))
        if isinstance(first, MessageView):
            self._message(first)
        else:
            events = tuple(item for item in run.items if isinstance(item, EventView))
            other = self._is_other(run.ticket_id)
            self._line(Entry("events", at=first.at, events=events, ticket_id=run.ticket_id, other=other))

    def _message(self, message: MessageView) -> None:
        if self._is_new(message):
            self.read_to = None
            self._line(Entry("new"))
        self.made.append(_bubble(message, self.opened, first=not _continues(self.before, message)))
        self.before = message

    def _line(self, entry: Entry) -> None:
        """Whoever speaks after a line is named again."""
        self.made.append(entry)
        self.before = None

    def _is_new(self, message: MessageView) -> bool:
        if self.read_to is None or message.kind != "incoming" or message.id <= self.read_to:
            return False
        return not self._is_other(message.ticket_id)

    def _is_other(self, ticket_id: int) -> bool:
        return bool(self.opened) and ticket_id != self.opened


def _bubble(message: MessageView, opened: int, *, first: bool) -> Entry:
    other = bool(opened) and message.ticket_id != opened
    return Entry("bubble", message=message, first=first, ticket_id=message.ticket_id, other=other)


def _placed(items: Sequence[Item], current: int) -> Iterator[tuple[Item, int]]:
    """Each item with the ticket in whose stretch it stands: what happens to the ticket of the next message stands with
    that message, anything else where the talk is; the beginning of a ticket without messages is its own."""
    following = _following(items)
    for item, upcoming in zip(items, following, strict=True):
        if isinstance(item, MessageView):
            current = item.ticket_id
        elif isinstance(item, EventView):
            begins = not upcoming and item.kind == "ticket_created"
            if not current or begins or item.ticket_id == upcoming:
                current = item.ticket_id
        yield item, current


def _following(items: Sequence[Item]) -> list[int]:
    """For each item, the ticket of the next message below it; 0 = there is none."""
    made, upcoming = [], 0
    for item in reversed(items):
        made.append(upcoming)
        upcoming = item.ticket_id if isinstance(item, MessageView) else upcoming
    return made[::-1]


def _runs(placed: Iterator[tuple[Item, int]]) -> Iterator[_Run]:
    """Neighbouring events of a day and a ticket are one run; anything else is one by itself."""
    run: list[EventView] = []
    place = 0
    for item, ticket_id in placed:
        joins = isinstance(item, EventView) and ticket_id == place
        if run and not (joins and times.local_day(run[0].at) == times.local_day(item.at)):
            yield _Run(tuple(run), place)
            run = []
        place = ticket_id
        if isinstance(item, EventView):
            run.append(item)
        else:
            yield _Run((item,), ticket_id)
    if run:
        yield _Run(tuple(run), place)


def _continues(before: MessageView | None, message: MessageView) -> bool:
    return before is not None and before.group == message.group and message.at - before.at < GROUP
