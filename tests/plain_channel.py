"""A small channel of its own for tests of the core: JSON lines come in, pieces go into a list.

It is written against the public contract like any third party's, and can be told to fail in every way a messenger does.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO, ClassVar

from appliance import (
    Account,
    Capabilities,
    Channel,
    Chat,
    ConnectError,
    ConnectionInfo,
    ErrorText,
    Fetched,
    FormField,
    Incoming,
    IncomingButton,
    IncomingMessage,
    IncomingPart,
    IncomingStart,
    IncomingState,
    Journal,
    Manner,
    Outgoing,
    OutgoingPart,
    Person,
    Piece,
    PlanError,
    Reference,
    RemoteFile,
    Revision,
    SendError,
    Sent,
    StoredFile,
    Unreadable,
    Verdict,
    hookimpl,
)

FILE_BYTES = b"bytes of a file"


@dataclass
class Outside:
    """What the world on the other side saw, and how it shall behave."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    failures: list[SendError] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=lambda: {"f1": FILE_BYTES})
    numbers: int = 9000
    unwilling: ConnectError | None = None
    rival: ConnectError | None = None
    left: list[str] = field(default_factory=list)
    download_limit: int = 20 << 20
    # What becomes of downloads after their last byte.
    cuts: list[SendError] = field(default_factory=list)
    # What its connections can beside what the class says.
    can: dict[str, Any] = field(default_factory=dict)
    # (what, message, words): changes of what was sent before.
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    # Whether what was sent can be sent again by an id of its own.
    holds: bool = False


OUTSIDE = Outside()


class PlainChannel(Channel):
    name = "plain"
    title = "Plain"
    capabilities = Capabilities(
        kinds_in=frozenset({"text", "photo", "document"}),
        kinds_out=frozenset({"text", "photo", "document", "voice"}),
        keeps_hours=24,
    )
    form = (
        FormField("token", "Token", secret=True, required=True),
        FormField("proxy", "Proxy", secret=True),
        FormField("server", "Server"),
    )
    texts: ClassVar[Mapping[str, ErrorText]] = {
        "blocked": ErrorText("Blocked"),
        "rival": ErrorText("{host} reads it.", "Take it over."),
        "offline": ErrorText("No internet."),
        "refused": ErrorText("Refused."),
        "other_length": ErrorText("It was sent in {pieces} pieces."),
        "too_many": ErrorText("The messenger asks us to wait."),
    }

    def check(self, settings: Mapping[str, str]) -> Account:
        if OUTSIDE.unwilling:
            raise OUTSIDE.unwilling
        warnings = ((OUTSIDE.rival.code, OUTSIDE.rival.params),) if OUTSIDE.rival else ()
        return Account(settings.get("token", ""), "Plain account", "@plain", "https://plain.test/me", warnings=warnings)

    def claim(self, settings: Mapping[str, str], *, forcibly: bool = False) -> None:
        if OUTSIDE.rival and not forcibly:
            raise OUTSIDE.rival
        OUTSIDE.rival = None

    def limits(self, connection: ConnectionInfo) -> Capabilities:
        return replace(self.capabilities, download_limit=OUTSIDE.download_limit, **OUTSIDE.can)

    def serve(self, connection: ConnectionInfo, journal: Journal, stop: threading.Event) -> None:
        stop.wait()

    def read(self, raw: bytes, connection: ConnectionInfo) -> tuple[Incoming, ...]:
        try:
            row: dict[str, Any] = json.loads(raw)
            chat = Chat(str(row["chat"]), row.get("chat_kind", "private"), row.get("title", ""))
            who = str(row.get("person", row["chat"]))
            author = Person(who, row.get("name", "Anna"), language="ru", phone=row.get("phone", ""))
        except (ValueError, KeyError) as error:
            raise Unreadable(f"no chat: {error}") from error
        at = datetime.fromtimestamp(row.get("at", time.time()), UTC)
        reference = Reference(chat.external_id, str(row.get("id", "")))
        if "state" in row:
            return (IncomingState(chat, at, row["state"], author, moved_to=row.get("to", "")),)
        if row.get("text", "").startswith("/start"):
            return (IncomingStart(chat, author, reference, at, row["text"][7:]),)
        if "press" in row:
            return (IncomingButton(chat, author, reference, at, row["press"], str(row.get("callback", "c1"))),)
        reply_to = Reference(chat.external_id, str(row["reply_to"])) if "reply_to" in row else None
        return (
            IncomingMessage(
                chat, author, reference, at, _parts(row), row.get("edited", False), reply_to, album=row.get("album", "")
            ),
        )

    def plan(self, outgoing: Outgoing) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        quoted = outgoing.reply_to.message if outgoing.reply_to else ""
        for part in outgoing.parts:
            for text in part.text.split("|") if part.file_id is None else [part.text]:
                files = {"file": part.file_id} if part.file_id is not None else {}
                payload = {"text": text, "quotes": "" if pieces else quoted, **_said(part, outgoing.manner)}
                pieces.append(Piece(part.kind, payload, (part.position,), files))
        return tuple(pieces)

    def plan_edit(self, revision: Revision) -> tuple[Piece, ...]:
        pieces = []
        for part in revision.parts:
            sent = [reference for position, reference in revision.sent if position == part.position]
            texts = part.text.split("|")
            if len(texts) > len(sent):
                raise PlanError("other_length", {"pieces": len(sent)})
            for text, reference in zip(texts, sent, strict=False):
                payload = {"text": text, "message": reference.message, **_said(part, revision.manner)}
                pieces.append(Piece("edit", payload))
            pieces += self.plan_delete(revision.address, sent[len(texts) :])
        return tuple(pieces)

    def plan_delete(self, address: str, sent: Sequence[Reference]) -> tuple[Piece, ...]:
        return tuple(Piece("delete", {"message": reference.message, "text": ""}) for reference in sent)

    def show_typing(self, connection: ConnectionInfo, address: str) -> None:
        if OUTSIDE.failures:
            raise OUTSIDE.failures.pop(0)
        OUTSIDE.typing.append(address)

    def answer_press(self, connection: ConnectionInfo, press: IncomingButton) -> None:
        if OUTSIDE.failures:
            raise OUTSIDE.failures.pop(0)
        OUTSIDE.answered.append(press.callback_id)

    def send(
        self,
        connection: ConnectionInfo,
        address: str,
        piece: Piece,
        files: Mapping[str, StoredFile],
        leaving: Callable[[], None],
    ) -> Sent:
        if OUTSIDE.failures:
            error = OUTSIDE.failures.pop(0)
            if error.uncertain:
                leaving()
            raise error
        leaving()
        if piece.kind in ("edit", "delete"):
            OUTSIDE.changed.append((piece.kind, str(piece.payload["message"]), str(piece.payload["text"])))
            gone = (Reference(address, str(piece.payload["message"])),) if piece.kind == "delete" else ()
            return Sent((), gone=gone)
        OUTSIDE.numbers += 1
        OUTSIDE.sent.append((address, str(piece.payload["text"])))
        held = {position: f"held-{OUTSIDE.numbers}" for position in piece.parts if OUTSIDE.holds and piece.files}
        return Sent(tuple((position, Reference(address, str(OUTSIDE.numbers))) for position in piece.parts), held)

    def leave(self, connection: ConnectionInfo, address: str) -> None:
        if OUTSIDE.failures:
            raise OUTSIDE.failures.pop(0)
        OUTSIDE.left.append(address)

    def invite(self, account: Account, code: str) -> str:
        return f"{account.link}?start={code}"

    def fetch(self, connection: ConnectionInfo, file: RemoteFile, target: BinaryIO) -> Fetched:
        if OUTSIDE.failures:
            raise OUTSIDE.failures.pop(0)
        target.write(OUTSIDE.files[file.remote_id])
        if OUTSIDE.cuts:
            raise OUTSIDE.cuts.pop(0)
        return Fetched()


def _said(part: OutgoingPart, manner: Manner) -> dict[str, Any]:
    """All that comes with the words, as it would be sent."""
    return {
        "entities": [[entity.kind, entity.offset, entity.length, entity.url] for entity in part.entities],
        "data": dict(part.data),
        "buttons": list(manner.buttons),
        "ask": manner.ask,
        "preview": manner.preview,
    }


def _parts(row: dict[str, Any]) -> tuple[IncomingPart, ...]:
    text = row.get("text", "")
    if "file" in row:
        remote = RemoteFile(row["file"], row["file"], row.get("file_name", "photo.jpg"), "image/jpeg", row.get("size"))
        small = RemoteFile(row["thumbnail"], row["thumbnail"], size=4000) if "thumbnail" in row else None
        return (IncomingPart(row.get("kind", "document"), text, file=remote, thumbnail=small),)
    if "contact" in row:
        return (IncomingPart("contact", data=row["contact"]),)
    return (IncomingPart("text", text),)


@hookimpl
def screen_message(connection_id: int, message: IncomingMessage) -> Verdict | None:
    """Advertisements are stored but disturb nobody; insults are not stored."""
    words = " ".join(part.text for part in message.parts)
    if "buy now" in words:
        return Verdict("quiet", "advertisement")
    return Verdict("refuse", "insult") if "idiot" in words else None


@hookimpl
def register_channels() -> Sequence[Channel]:
    return [PlainChannel()]
