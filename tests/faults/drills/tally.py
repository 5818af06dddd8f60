"""What a drill counts: the box's rows against what was written and what the sandbox received."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from appliance_sandbox.control import Phone
from tests.harness.shop import Shop

INCOMING = """
    SELECT a.external_id AS chat, m.text FROM message m JOIN address a ON a.id = m.address_id
    WHERE m.kind = 'incoming' ORDER BY m.id
"""
OUTGOING = """
    SELECT d.id, d.state, a.external_id AS chat, m.kind, m.text, m.ticket_id AS ticket
    FROM delivery d JOIN message m ON m.id = d.message_id JOIN address a ON a.id = d.address_id ORDER BY d.id
"""
Texts = Mapping[int, Sequence[str]]


@dataclass
class Tally:
    """Everything but `lost`, `doubled`, `disordered` and `failed` is allowed to be more than 0."""

    kills: int = 0
    updates: int = 0
    messages: int = 0
    replies: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    failed: int = 0
    uncertain: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.failed)


def count_incoming(shop: Shop, written: Texts) -> Tally:
    """chat → the texts its customer wrote, in order, against the messages in the box."""
    stored: defaultdict[int, list[str]] = defaultdict(list)
    for row in shop.box.read(INCOMING):
        stored[int(row["chat"])].append(row["text"])
    tally = Tally(updates=sum(map(len, written.values())))
    for chat, texts in written.items():
        tally += _compare(texts, stored[chat])
        tally.messages += len(stored[chat])
    return tally


def count_outgoing(shop: Shop, phones: Sequence[Phone]) -> Tally:
    """Every delivery to these customers against what is on their phones.

    One that is `sent` stands there once, an uncertain one at most once, and nothing else stands there.
    """
    tally = Tally()
    deliveries: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in shop.box.read(OUTGOING):
        deliveries[int(row["chat"])].append((row["text"], row["state"]))
    for phone in phones:
        received = [answer["text"] for answer in phone.answers()]
        tally += _judge(deliveries[phone.chat_id], received)
    return tally


def uncertain_deliveries(shop: Shop, phones: Sequence[Phone]) -> list[tuple[int, bool]]:
    """(id, whether it arrived after all) of each delivery to these customers that was parked."""
    known = {phone.chat_id: {answer["text"] for answer in phone.answers()} for phone in phones}
    return [
        (row["id"], row["text"] in known[int(row["chat"])])
        for row in shop.box.read(OUTGOING)
        if row["state"] == "uncertain" and int(row["chat"]) in known
    ]


def _judge(deliveries: Sequence[tuple[str, str]], received: Sequence[str]) -> Tally:
    sent = [text for text, state in deliveries if state == "sent"]
    parked = [text for text, state in deliveries if state in ("uncertain", "left")]
    expected = sorted(sent + [text for text in parked if text in received], key=[text for text, _ in deliveries].index)
    tally = _compare(expected, received)
    tally.replies, tally.uncertain = len(deliveries), len(parked)
    tally.failed = len(deliveries) - len(sent) - len(parked)
    return tally


def _compare(expected: Sequence[str], found: Sequence[str]) -> Tally:
    wanted, there = Counter(expected), Counter(found)
    same = [text for text in dict.fromkeys(found) if text in wanted]
    return Tally(
        lost=(wanted - there).total(),
        doubled=(there - wanted).total(),
        disordered=int(same != [text for text in expected if text in there]),
    )
