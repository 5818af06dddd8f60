"""A customer's file on a bad line, and with the worker killed while it comes: whole in the end, never half."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest

from appliance_sandbox.control import Phone, Upload
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]
SIZE = 19 << 20
# The messenger thinks so long before it hands a file out: time enough to be killed.
HELD = 20.0
NEWEST = "SELECT state, sha256, size, error_code FROM file ORDER BY id DESC LIMIT 1"


def send_document(phone: Phone, seed: int) -> bytes:
    content = random.Random(seed).randbytes(SIZE)
    phone.send("document", Upload(content, "scan.bin"))
    return content


def newest(shop: Shop) -> dict[str, Any]:
    found = shop.box.read(NEWEST)
    return found[0] if found else {"state": ""}


def wait_for_state(shop: Shop, state: str) -> dict[str, Any]:
    wait_until(lambda: newest(shop)["state"] == state, f"the state {state}", 180, shown=lambda: newest(shop))
    return newest(shop)


def stored(shop: Shop) -> list[Path]:
    """Every file the box keeps; what is in the making is not among them."""
    folder = shop.box.data / "files"
    return [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != "tmp"]


def check_stored(shop: Shop, content: bytes, file: dict[str, Any]) -> None:
    assert (file["size"], file["sha256"]) == (SIZE, hashlib.sha256(content).hexdigest())
    for path in stored(shop):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_nineteen_megabytes_arrive_whole_over_a_line_that_breaks(shop: Shop, seed: int) -> None:
    (phone,) = shop.add_customers(1)
    for kind in ("truncate", "bad_gateway", "drop"):
        shop.sandbox.control.add_fault(kind, methods=["file"], bot_id=shop.bot_id)
    content = send_document(phone, seed)
    check_stored(shop, content, wait_for_state(shop, "ready"))
    assert shop.sandbox.control.faults() == []


def test_a_worker_killed_while_a_file_comes_fetches_it_again(shop: Shop, seed: int) -> None:
    (phone,) = shop.add_customers(1)
    shop.sandbox.control.add_fault("delay", methods=["file"], bot_id=shop.bot_id, seconds=HELD)
    content = send_document(phone, seed)
    wait_for_state(shop, "fetching")
    wait_until(lambda: not shop.sandbox.control.faults(), "the request for the bytes")
    shop.box.kill("worker")
    check_stored(shop, content, wait_for_state(shop, "ready"))
    wait_until(lambda: not any((shop.box.data / "files" / "tmp").iterdir()), "the end of what was in the making")
    shop.box.check_database()
