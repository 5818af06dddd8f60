"""The bot's token is revoked while messages come and go."""

from __future__ import annotations

import pytest

from tests.faults.drills import revoking
from tests.harness.shop import Shop

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_the_connection_pauses_with_a_reason_and_all_goes_on_with_a_new_token(shop: Shop) -> None:
    tally, requests = revoking.drill(shop)
    assert tally.is_clean(), tally
    assert (tally.messages, tally.replies, tally.uncertain) == (6 * 3, 6 * 2, 0)
    assert requests <= 6 + 2, "it asks again, but does not hammer"
    shop.box.check_database()
