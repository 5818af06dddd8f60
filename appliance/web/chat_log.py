"""A stretch of conversation as the log shows it: days, the line before new messages, groups, folded events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.services.bubbles import MessageView
from appliance.services.conversation import Stretch
from appliance.services.timeline import EventView
from appliance.web import times

GROUP = timedelta(minutes=5)
FOLD = 3


@dataclass(frozen=True)
class Entry:
    """One line of the log. kind: day, new, bubble, events. `first`: the author is named here."""

    kind: str
    at: datetime | None = None
    message: MessageView | None = None
    events: tuple[EventView, ...] = ()
    first: bool = True

    @property
    def folded(self) -> bool:
        return len(self.events) >= FOLD


def entries(stretch: Stretch, read_to: int | None = None) -> list[Entry]:
    """With `read_to`, the line "New messages" stands before the first customer's message after it."""
    made: list[Entry] = []
    before = stretch.earlier
    day = times.local_day(before.at) if before else ""
    marked = read_to is None
    for item in _folded(stretch.items):
        moment = item.at if isinstance(item, MessageView) else item[0].at
        if times.local_day(moment) != day:
            day = times.local_day(moment)
            made.append(Entry("day", at=moment))
            before = None
        if not isinstance(item, MessageView):
            made.append(Entry("events", at=moment, events=item))
            before = None
            continue
        if not marked and read_to is not None and item.kind == "incoming" and item.id > read_to:
            made.append(Entry("new"))
            marked, before = True, None
        made.append(Entry("bubble", message=item, first=not _continues(before, item)))
        before = item
    return made


def single(message: MessageView, before: MessageView | None) -> Entry:
    """One bubble, grouped as it stands in the log."""
    same_day = before is not None and times.local_day(before.at) == times.local_day(message.at)
    return Entry("bubble", message=message, first=not (same_day and _continues(before, message)))


def _folded(items: Iterable[MessageView | EventView]) -> Iterator[MessageView | tuple[EventView, ...]]:
    """Neighbouring events of a day become one item."""
    run: list[EventView] = []
    for item in items:
        if isinstance(item, EventView) and (not run or times.local_day(run[0].at) == times.local_day(item.at)):
            run.append(item)
            continue
        if run:
            yield tuple(run)
            run = []
        if isinstance(item, EventView):
            run = [item]
        else:
            yield item
    if run:
        yield tuple(run)


def _continues(before: MessageView | None, message: MessageView) -> bool:
    return before is not None and before.group == message.group and message.at - before.at < GROUP
