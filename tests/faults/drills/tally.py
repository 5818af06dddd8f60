"""What a drill counts: the box's rows against what was written and what the sandbox received."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from appliance_sandbox.control import Phone
from tests.harness.shop import Shop, chat_of

INCOMING = """
    SELECT a.external_id AS chat, m.text FROM message m JOIN address a ON a.id = m.address_id
    WHERE m.kind = 'incoming' ORDER BY m.id
"""
OUTGOING = """
    SELECT d.id, d.state, a.external_id AS chat, p.state AS piece_state, p.payload
    FROM delivery d JOIN delivery_piece p ON p.delivery_id = d.id JOIN address a ON a.id = d.address_id
    WHERE d.purpose = 'send' ORDER BY d.id, p.position
"""
Said = Mapping[int, Sequence[str]]


@dataclass
class Tally:
    """Everything but `lost`, `doubled`, `disordered` and `failed` is allowed to be more than 0.

    `cuts` are those of the power. `replies` are deliveries, `pieces` what they were cut into; `uncertain` counts
    deliveries."""

    kills: int = 0
    cuts: int = 0
    updates: int = 0
    messages: int = 0
    replies: int = 0
    pieces: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    failed: int = 0
    uncertain: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.failed)


@dataclass(frozen=True)
class SentPiece:
    """A piece as the box keeps it; `words` are its text or its caption, by which it is known on the phone."""

    delivery: int
    delivery_state: str
    state: str
    words: str


def count_incoming(shop: Shop, written: Said) -> Tally:
    """chat → the texts its customer wrote, in order, against the messages in the box."""
    stored: defaultdict[int, list[str]] = defaultdict(list)
    for row in shop.box.read(INCOMING):
        stored[chat_of(row)].append(row["text"])
    return compare_all(written, stored)


def compare_all(written: Said, stored: Said) -> Tally:
    """chat → what was said there, against what the box keeps of it."""
    tally = Tally(updates=sum(map(len, written.values())))
    for chat, said in written.items():
        found = stored.get(chat, ())
        tally += _compare(said, found)
        tally.messages += len(found)
    return tally


def count_outgoing(shop: Shop, phones: Sequence[Phone]) -> Tally:
    """Every piece for these customers against what is on their phones.

    One that is `sent` stands there once, an uncertain one at most once, and nothing else stands there.
    """
    tally = Tally()
    pieces = sent_pieces(shop)
    for phone in phones:
        tally += _judge(pieces.get(phone.chat_id, []), words_on(phone))
    return tally


def uncertain_deliveries(shop: Shop, phones: Sequence[Phone]) -> list[tuple[int, bool]]:
    """(id, whether what is uncertain of it arrived after all) of each delivery to these customers that was parked."""
    found = []
    pieces = sent_pieces(shop)
    for phone in phones:
        there = set(words_on(phone))
        parked: defaultdict[int, list[bool]] = defaultdict(list)
        for piece in pieces.get(phone.chat_id, []):
            if piece.delivery_state == "uncertain" and piece.state == "uncertain":
                parked[piece.delivery].append(piece.words in there)
        found += [(delivery, all(arrived)) for delivery, arrived in parked.items()]
    return sorted(found)


def sent_pieces(shop: Shop) -> dict[int, list[SentPiece]]:
    """chat → the pieces meant for it, in the order in which they have to arrive."""
    found: defaultdict[int, list[SentPiece]] = defaultdict(list)
    for row in shop.box.read(OUTGOING):
        piece = SentPiece(row["id"], row["state"], row["piece_state"], _words(json.loads(row["payload"])))
        found[chat_of(row)].append(piece)
    return found


def words_on(phone: Phone) -> list[str]:
    """What the bot said there, oldest first: texts and captions."""
    return [answer.get("text") or answer.get("caption") or "" for answer in phone.answers()]


def _words(payload: Mapping[str, Any]) -> str:
    items = payload.get("items") or [{}]
    return str(payload.get("text") or items[0].get("caption") or "").strip()


def _judge(pieces: Sequence[SentPiece], received: Sequence[str]) -> Tally:
    parked = {piece.delivery for piece in pieces if piece.delivery_state in ("uncertain", "left")}
    doubtful = [piece for piece in pieces if piece.state == "uncertain" and piece.words in received]
    expected = [piece.words for piece in pieces if piece.state == "sent" or piece in doubtful]
    tally = _compare(expected, received)
    tally.replies, tally.pieces, tally.uncertain = len({piece.delivery for piece in pieces}), len(pieces), len(parked)
    # What a person decides about may wait; anything else has to have left.
    tally.failed = sum(piece.state != "sent" and piece.delivery not in parked for piece in pieces)
    return tally


def _compare(expected: Sequence[str], found: Sequence[str]) -> Tally:
    wanted, there = Counter(expected), Counter(found)
    same = [said for said in dict.fromkeys(found) if said in wanted]
    return Tally(
        lost=(wanted - there).total(),
        doubled=(there - wanted).total(),
        disordered=int(same != [said for said in dict.fromkeys(expected) if said in there]),
    )
