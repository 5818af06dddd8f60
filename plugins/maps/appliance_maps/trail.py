"""What a row of fixes tells: how far, how fast, where to, and the line that shows it. Oldest first, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from math import cos, hypot, radians, sqrt

from appliance import Fix, Point, metres_between

# More corners than this nobody sees, and a page would carry them all.
MOST_CORNERS = 300
MOST_POINTS = 2000
# The first try at what may be left out, in metres; doubled until the corners are few enough.
FINEST = 4.0
METRES_PER_DEGREE = 111_195.0
NOW = timedelta(minutes=2)
LATELY = timedelta(minutes=10)
# Slower than this nobody is on the way; a phone that lies still drifts as fast.
STANDING = 2.0

Line = list[tuple[float, float]]


def length(fixes: Sequence[Fix]) -> float:
    """Metres travelled."""
    return sum(metres_between(one, other) for one, other in pairwise(fixes))


def speed(fixes: Sequence[Fix], over: timedelta = NOW) -> float | None:
    """km/h over the last stretch of that time; None for a single fix."""
    if not fixes:
        return None
    recent = [fix for fix in fixes if fix.at >= fixes[-1].at - over]
    hours = (recent[-1].at - recent[0].at).total_seconds() / 3600
    return length(recent) / 1000 / hours if hours > 0 else None


def minutes_left(fixes: Sequence[Fix], target: Point) -> int | None:
    """A guess: the way as the crow flies at the average speed of the last ten minutes; None for who stands still."""
    average = speed(fixes, LATELY)
    if average is None or average < STANDING:
        return None
    return max(1, round(metres_between(fixes[-1], target) / 1000 / average * 60))


def simplify(fixes: Sequence[Fix], most: int = MOST_CORNERS) -> Line:
    """(latitude, longitude) of the corners that make the line (Ramer, Douglas, Peucker), at most so many."""
    flat, tolerance = _flatten(fixes), FINEST
    # Going around in circles costs the square of the points: what lies close together goes first.
    kept = _apart(flat, range(len(flat)), tolerance)
    while len(kept) > MOST_POINTS:
        tolerance *= 2
        kept = _apart(flat, kept, tolerance)
    kept = _corners(flat, kept, tolerance)
    while len(kept) > most:
        tolerance *= 2
        kept = _corners(flat, kept, tolerance)
    return [(fixes[number].latitude, fixes[number].longitude) for number in kept]


def _flatten(fixes: Sequence[Fix]) -> list[tuple[float, float]]:
    """Metres east and north of the first: near enough for what is left out of a line."""
    if not fixes:
        return []
    first = fixes[0]
    narrow = METRES_PER_DEGREE * cos(radians(first.latitude))
    return [
        ((fix.longitude - first.longitude) * narrow, (fix.latitude - first.latitude) * METRES_PER_DEGREE)
        for fix in fixes
    ]


def _apart(points: Sequence[tuple[float, float]], numbers: Sequence[int], distance: float) -> Sequence[int]:
    """Those that lie so far from the one kept before, and both ends."""
    kept = list(numbers[:1])
    for number in numbers[1:-1]:
        (x1, y1), (x2, y2) = points[kept[-1]], points[number]
        if hypot(x2 - x1, y2 - y1) >= distance:
            kept.append(number)
    return [*kept, *numbers[1:][-1:]]


def _corners(points: Sequence[tuple[float, float]], numbers: Sequence[int], tolerance: float) -> Sequence[int]:
    """Of these points those that stay, in order. A stack, not recursion: a day has thousands of points."""
    last = len(numbers) - 1
    kept = {0, last} if numbers else set()
    stretches = [(0, last)]
    while stretches:
        start, end = stretches.pop()
        row = [points[number] for number in numbers[start : end + 1]]
        place, off = _farthest(row)
        if off > tolerance:
            kept.add(start + place)
            stretches += [(start, start + place), (start + place, end)]
    return [numbers[place] for place in sorted(kept)]


def _farthest(row: Sequence[tuple[float, float]]) -> tuple[int, float]:
    """Which point is how many metres off the stretch between the ends; (0, 0.0) when there is none between."""
    if len(row) < 3:
        return 0, 0.0
    (x1, y1), (x2, y2) = row[0], row[-1]
    along, up = x2 - x1, y2 - y1
    square = along * along + up * up
    best, most = 0, 0.0
    for place, (x, y) in enumerate(row):
        right, above = x - x1, y - y1
        share = min(1.0, max(0.0, (right * along + above * up) / square)) if square else 0.0
        right, above = right - share * along, above - share * up
        off = right * right + above * above
        if off > most:
            best, most = place, off
    return best, sqrt(most)
