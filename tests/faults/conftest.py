"""The shop that most of these tests break, and the seed of their chance."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator

import pytest

from tests.harness.fixtures import running_shop, shop
from tests.harness.shop import Shop

__all__ = ["fragile_shop", "running_shop", "seed", "shop"]


@pytest.fixture
def seed() -> int:
    """Another one each time, printed; FAULTS_SEED repeats a run."""
    chosen = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))
    sys.stdout.write(f"FAULTS_SEED={chosen}\n")
    return chosen


@pytest.fixture
def fragile_shop(shop: Shop) -> Iterator[Shop]:
    """The shop for tests that kill: started anew afterwards, so that no pause after a death meets the next test."""
    before = shop.box.kills
    yield shop
    shop.sandbox.control.clear_faults()
    if shop.box.kills != before or not shop.box.pid("supervisor"):
        shop.box.restart()
