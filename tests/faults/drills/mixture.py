"""Everything customers do, by chance: texts, photos, voices, films, files, places, albums, edits, reactions."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance_sandbox.control import Phone, Upload
from tests.harness.processes import ROOT
from tests.harness.shop import Shop, chat_of

SAMPLES = ROOT / "plugins/sandbox/appliance_sandbox/samples"
PHOTOS = ("shelf-1.jpg", "shelf-2.jpg", "shelf-3.jpg", "receipt.jpg")
FILES = {"voice": "voice-en.ogg", "video": "waving.mp4", "video_note": "round-greeting.mp4", "document": "invoice.pdf"}
# A picture is made anew in several sizes, so its bytes are not those that were sent.
REMADE = "photo"
STORED = """
    SELECT a.external_id AS chat, m.id, p.kind, p.text, p.data, f.state, f.sha256,
           (SELECT count(*) FROM message_version v WHERE v.message_id = m.id) AS versions,
           (SELECT group_concat(emojis) FROM reaction r WHERE r.message_id = m.id) AS reactions
    FROM message m JOIN address a ON a.id = m.address_id JOIN part p ON p.message_id = m.id
    LEFT JOIN file f ON f.id = p.file_id WHERE m.kind = 'incoming' ORDER BY m.id, p.position
"""


@dataclass
class Bubble:
    """A message as it has to stand in the desk; `str` of it is what is compared."""

    parts: list[str]
    words: str
    versions: int = 0
    emoji: str = ""
    message_ids: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{'+'.join(self.parts)} {self.words!r}, {self.versions} earlier {self.emoji}".strip()


class Customer:
    """One customer's hands, and what has to come of what they did."""

    def __init__(self, phone: Phone, chance: random.Random) -> None:
        self.phone = phone
        self.bubbles: list[Bubble] = []
        self._chance = chance
        self._acts: Sequence[Callable[[str], None]] = (
            *[self._write] * 5, self._send_photo, self._send_album, self._share_place, self._edit, self._edit_caption,
            self._react, *(lambda words, kind=kind: self._send(kind, words) for kind in FILES),
        )  # fmt: skip

    def act(self) -> None:
        """Anything of it."""
        self._chance.choice(self._acts)(f"{len(self.bubbles)} of {self.phone.customer_id}")

    def _write(self, words: str) -> None:
        self._keep(Bubble(["text"], words), self.phone.write(words))

    def _send(self, kind: str, words: str) -> None:
        path = SAMPLES / FILES[kind]
        # A round film has no caption.
        caption = {} if kind == "video_note" else {"caption": words}
        sent = self.phone.send(kind, Upload(path), **caption)
        self._keep(Bubble([f"{kind} {digest(path)}"], words if caption else ""), sent)

    def _send_photo(self, words: str) -> None:
        sent = self.phone.send("photo", Upload(SAMPLES / self._chance.choice(PHOTOS)), caption=words)
        self._keep(Bubble(["photo ready"], words), sent)

    def _send_album(self, words: str) -> None:
        chosen = self._chance.sample(PHOTOS, self._chance.randrange(2, 4))
        items = [("photo", Upload(SAMPLES / name), words if name == chosen[0] else "") for name in chosen]
        sent = self.phone.album(items)
        bubble = Bubble(["photo ready"] * len(items), words)
        bubble.message_ids = [message["message_id"] for message in sent["messages"]]
        self.bubbles.append(bubble)

    def _share_place(self, _words: str) -> None:
        latitude = round(self._chance.uniform(-80, 80), 5)
        self._keep(Bubble(["location"], f"{latitude:.5f}"), self.phone.location(latitude, 5))

    def _edit(self, words: str) -> None:
        self._revise("text", words)

    def _edit_caption(self, words: str) -> None:
        self._revise("photo", words)

    def _revise(self, kind: str, words: str) -> None:
        able = [one for one in self.bubbles if one.words and len(one.parts) == 1 and one.parts[0].startswith(kind)]
        if not able:
            self._write(words)
            return
        bubble = self._chance.choice(able)
        bubble.versions += 1
        bubble.words = f"version {bubble.versions} of {bubble.words.rpartition('of ')[2]} {bubble.message_ids[0]}"
        self.phone.edit(bubble.message_ids[0], **{"text" if kind == "text" else "caption": bubble.words})

    def _react(self, words: str) -> None:
        able = [bubble for bubble in self.bubbles if not bubble.emoji]
        if not able:
            self._write(words)
            return
        bubble = self._chance.choice(able)
        bubble.emoji = "👍"
        self.phone.react(bubble.message_ids[0], bubble.emoji)

    def _keep(self, bubble: Bubble, sent: dict[str, Any]) -> None:
        bubble.message_ids = [sent["message"]["message_id"]]
        self.bubbles.append(bubble)


def digest(path: Path) -> str:
    """The beginning of a file's SHA-256: enough to know it by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def stored_bubbles(shop: Shop) -> dict[int, list[str]]:
    """chat → its messages in the box, each as a Bubble writes itself."""
    bubbles: dict[int, Bubble] = {}
    chats: defaultdict[int, list[Bubble]] = defaultdict(list)
    for row in shop.box.read(STORED):
        bubble = bubbles.get(row["id"])
        if bubble is None:
            emoji = "".join(json.loads(row["reactions"])) if row["reactions"] else ""
            bubble = bubbles[row["id"]] = Bubble([], "", row["versions"], emoji)
            chats[chat_of(row)].append(bubble)
        bubble.parts.append(_part(row))
        bubble.words = bubble.words or row["text"] or _place(row)
    return {chat: list(map(str, found)) for chat, found in chats.items()}


def _part(row: dict[str, Any]) -> str:
    if row["state"] is None:
        return str(row["kind"])
    known = row["sha256"][:8] if row["state"] == "ready" and row["kind"] != REMADE else row["state"]
    return f"{row['kind']} {known}"


def _place(row: dict[str, Any]) -> str:
    return f"{json.loads(row['data'])['latitude']:.5f}" if row["kind"] == "location" else ""
