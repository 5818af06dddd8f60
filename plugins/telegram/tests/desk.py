"""Plans and sends as the outbox does, and keeps count of what left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from appliance import ConnectionInfo, Outgoing, OutgoingPart, PartKind, Piece, Reference, SendError, Sent, StoredFile
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.held_file import HeldFile

Files = Mapping[str, StoredFile]
PDF = HeldFile(40, b"%PDF-" + bytes(200_000), "offer.pdf")


class Desk:
    """Plans and sends the parts it is given to chat 5."""

    def __init__(self, channel: TelegramChannel, connection: ConnectionInfo) -> None:
        self.channel, self.connection = channel, connection
        self.left = 0
        self.address = "5"

    def leave(self) -> None:
        self.left += 1

    def plan(self, *parts: OutgoingPart, reply_to: Reference | None = None) -> tuple[Piece, ...]:
        numbered = tuple(replace(part, position=place) for place, part in enumerate(parts))
        pieces = self.channel.plan(Outgoing(self.address, numbered, reply_to))
        # As the outbox does: what a restart finds in the database must still be sendable.
        return tuple(replace(piece, payload=json.loads(json.dumps(piece.payload))) for piece in pieces)

    def send(self, *parts: OutgoingPart, file: StoredFile = PDF, reply_to: Reference | None = None) -> Sent:
        (piece,) = self.plan(*parts, reply_to=reply_to)
        return self.send_piece(piece, dict.fromkeys(piece.files, file))

    def send_piece(self, piece: Piece, files: Files) -> Sent:
        return self.channel.send(self.connection, self.address, piece, files, self.leave)

    def fail(self, *parts: OutgoingPart, file: StoredFile = PDF) -> SendError:
        with pytest.raises(SendError) as caught:
            self.send(*parts, file=file)
        return caught.value


def text(words: str = "hello", **fields: Any) -> OutgoingPart:
    return OutgoingPart(0, "text", words, **fields)


def a_file(kind: PartKind, mime: str, **fields: Any) -> OutgoingPart:
    return OutgoingPart(0, kind, file_id=40, mime=mime, name=f"my {kind}", **fields)
