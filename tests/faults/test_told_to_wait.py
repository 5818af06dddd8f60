"""The Bot API asks for a pause of nearly an hour."""

from __future__ import annotations

import pytest

from tests.faults.drills import pausing
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_it_waits_as_long_as_it_is_told_and_says_until_when(shop: Shop) -> None:
    tally, pause = pausing.drill(shop)
    assert tally.is_clean(), tally
    assert (tally.messages, tally.replies, tally.uncertain) == (8, 8, 0)
    # One request of each of four chats, and one for updates.
    assert pause.asked <= 4 + 1
    assert pause.hammered == 0
    # Who has just started asks for updates once; what was to be sent still waits.
    assert pause.after_restart <= 1
    assert len(pause.left) == 4
    assert all(pausing.SECONDS - 200 < left <= pausing.SECONDS for left in pause.left)
