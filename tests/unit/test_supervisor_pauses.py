from __future__ import annotations

from appliance.supervision.pauses import Pauses
from appliance.supervision.timing import Timing


def test_it_doubles_the_pause_up_to_the_longest() -> None:
    pauses = Pauses(Timing())
    assert [pauses.after(good_run=0) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_it_forgets_the_deaths_before_a_minute_of_health() -> None:
    pauses = Pauses(Timing())
    for _ in range(5):
        pauses.after(good_run=59)
    assert pauses.after(good_run=60) == 0.5
    assert pauses.after(good_run=0) == 1
