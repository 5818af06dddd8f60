"""The box with a Telegram connection, its customers, and the desk somebody looks at."""

from __future__ import annotations

import pytest

from tests.integration.desk.conftest import Browser, House, empty_box, house, owner
from tests.integration.inbound.bot import Bot, Customer

__all__ = ["Browser", "House", "anna", "bot", "empty_box", "house", "owner"]


@pytest.fixture
def bot(house: House) -> Bot:
    return Bot()


@pytest.fixture
def anna() -> Customer:
    return Customer()
