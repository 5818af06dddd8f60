"""What the status page says of the search."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.language import mark
from appliance.services import search_index
from appliance.values import CheckResult

LATE_SECONDS = 120.0


def checks() -> Iterator[CheckResult]:
    """Nothing at all while it keeps up: then there is nothing to know."""
    count, seconds = search_index.behind()
    if count and seconds > LATE_SECONDS:
        text = mark("The search is behind: {count} changes are not in it yet.")
        advice = mark("Is `appliance run` running, with its worker?")
        yield CheckResult(mark("Search"), "warn", text, advice, {"count": count})
    remaining = search_index.remaining()
    if remaining:
        text = mark("What was there before is being made findable; still to come: about {count}.")
        yield CheckResult(mark("Search"), "ok", text, "", {"count": remaining})
