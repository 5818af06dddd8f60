"""The shop that most of these tests break, and the seed of their chance."""

from __future__ import annotations

import os
import random
import sys

import pytest

from tests.harness.fixtures import running_shop, shop

__all__ = ["running_shop", "seed", "shop"]


@pytest.fixture
def seed() -> int:
    """Another one each time, printed; FAULTS_SEED repeats a run."""
    chosen = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))
    sys.stdout.write(f"FAULTS_SEED={chosen}\n")
    return chosen
