"""Updates as no messenger should send them: samples with something wrong in each."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from tests.faults.drills.tally import Tally, count_incoming
from tests.harness.processes import ROOT
from tests.harness.shop import Shop

SAMPLES = ROOT / "plugins/telegram/tests/updates"
ID_MARK = "__UPDATE_ID__"
DEEP_MARK = '"__DEEP__"'
# Deep enough for a RecursionError; with the rest still below the 64 KB that a messenger delivers.
DEPTH = 15_000
WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, -(10**19), 1e308, "", "x", [], {}, [[]], [None], {"id": {}}, "\x00", "a\x00b", "\ud800",
    "\udfff\ud83d", "\u202e\u2066txet", "\x07\x1b[31m", "\ufeff", "9" * 400, "я" * 9_000, "w" * 50_000, "__DEEP__",
)  # fmt: skip
Path_ = tuple[str | int, ...]
UNKEPT = "SELECT count(*) FROM inbound_update WHERE id > ? AND state = 'new'"
ROWS = "SELECT count(*) FROM inbound_update WHERE id > ?"


def drill(shop: Shop, seed: int, poisoned: int = 300, contacts: int = 10) -> tuple[Tally, int]:
    """Good messages in between, one for every three; also answers how many poisoned ones are in the journal."""
    chance = random.Random(seed)
    phones = shop.add_customers(contacts)
    last_row = shop.box.count("SELECT coalesce(max(id), 0) FROM inbound_update")
    written: dict[int, list[str]] = {phone.chat_id: [] for phone in phones}
    good = 0
    for number in range(poisoned):
        if number % 3 == 0:
            phone = phones[good % contacts]
            written[phone.chat_id].append(f"message {good}")
            shop.write([(phone, f"message {good}")])
            good += 1
        shop.sandbox.control.inject(shop.bot_id, mutate(chance, number))
    shop.settle(150)
    assert shop.box.count(UNKEPT, last_row) == 0
    return count_incoming(shop, written), shop.box.count(ROWS, last_row) - good


def mutate(chance: random.Random, number: int) -> bytes:
    """A sample under a chat and a number of its own, with one to three things wrong in it."""
    sample = json.loads(chance.choice(sorted(SAMPLES.glob("*.json"))).read_bytes())
    update = _renumber(copy.deepcopy(sample), number)
    for _ in range(chance.randrange(1, 4)):
        chance.choice(_DEEDS)(update, chance)
    # The number is the queue's own; now and then it is missing.
    update.pop("update_id", None)
    if chance.randrange(50):
        update = {"update_id": ID_MARK, **update}
    text = json.dumps(update).replace(f'"{ID_MARK}"', ID_MARK)
    return text.replace(DEEP_MARK, "[" * DEPTH + "]" * DEPTH, 1).encode()


def _renumber(update: dict[str, Any], number: int) -> dict[str, Any]:
    for content in update.values():
        if isinstance(content, dict):
            if "message_id" in content:
                content["message_id"] = 1_000_000 + number
            if isinstance(content.get("chat"), dict) and content["chat"].get("type") == "private":
                content["chat"]["id"] = 40_000_000 + number
    return update


def _places(value: Any, path: Path_ = ()) -> list[Path_]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [place for name, inner in value.items() for place in _places(inner, (*path, name))]
    elif isinstance(value, list):
        found += [place for number, inner in enumerate(value) for place in _places(inner, (*path, number))]
    return found


def _pick(update: Any, chance: random.Random) -> tuple[Any, str | int] | None:
    """Something in it, as (what holds it, its name there)."""
    places = _places(update)
    if not places:
        return None
    place = chance.choice(places)
    holder = update
    for name in place[:-1]:
        holder = holder[name]
    return holder, place[-1]


def _remove(update: Any, chance: random.Random) -> None:
    if picked := _pick(update, chance):
        del picked[0][picked[1]]


def _spoil(update: Any, chance: random.Random) -> None:
    if picked := _pick(update, chance):
        picked[0][picked[1]] = copy.deepcopy(chance.choice(WRONG))


def _wrap(update: Any, chance: random.Random) -> None:
    if picked := _pick(update, chance):
        picked[0][picked[1]] = [picked[0][picked[1]]]


_DEEDS: tuple[Callable[[Any, random.Random], None], ...] = (_remove, _spoil, _spoil, _wrap)
