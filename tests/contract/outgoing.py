"""Messages of every shape a channel says it can send."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from appliance import (
    FILE_KINDS,
    Ask,
    Capabilities,
    Entity,
    Manner,
    Outgoing,
    OutgoingPart,
    PartKind,
    Reference,
    Revision,
)

# A person's and, where a channel tells them apart by it, a group's.
ADDRESSES = ("5", "-5")

# What the desk's media plugin hands over for each kind, then something a person might attach as it.
MIMES = {
    "photo": ["image/jpeg", "image/png", "image/heic", ""],
    "video": ["video/mp4", "video/x-matroska", ""],
    "video_note": ["video/mp4", ""],
    "voice": ["audio/ogg", "audio/webm", ""],
    "audio": ["audio/mpeg", "audio/flac", ""],
    "animation": ["image/gif", "video/mp4", ""],
    "sticker": ["image/webp", ""],
    "document": ["application/pdf", "text/html", ""],
}
DATA: dict[str, dict[str, Any]] = {
    "text": {"button": "Send it"},
    "location": {"latitude": 55.75, "longitude": 37.61},
    "venue": {"latitude": 55.75, "longitude": 37.61, "title": "Shop", "address": "Street 1"},
    "contact": {"name": "Anna", "phone": "+79000000000"},
    "poll": {"question": "Tea?", "options": ["yes", "no"]},
    "dice": {"emoji": "🎲", "value": 3},
}


@st.composite
def texts(draw: st.DrawFn, limit: int) -> str:
    """Short ones, and ones around and beyond a limit, in letters of one and of two UTF-16 units."""
    words = draw(st.text(max_size=12))
    length = draw(st.sampled_from([0, 0, 0, limit // 2, limit - 1, limit, limit + 1, 3 * limit]))
    return words + draw(st.sampled_from(["ab c. ", "й", "💧", "x\n\n"])) * length


@st.composite
def parts(draw: st.DrawFn, position: int, kind: PartKind, capabilities: Capabilities) -> OutgoingPart:
    text = draw(texts(capabilities.text_limit if kind == "text" else capabilities.caption_limit))
    entities = (Entity("bold", 0, len(text)),) if text and draw(st.booleans()) else ()
    if kind not in FILE_KINDS:
        return OutgoingPart(position, kind, text if kind == "text" else "", entities if kind == "text" else (),
                            data=DATA.get(kind, {}))  # fmt: skip
    return OutgoingPart(
        position,
        kind,
        text,
        entities,
        file_id=100 + position,
        name=draw(st.sampled_from(["", "a.bin", "счёт.pdf"])),
        mime=draw(st.sampled_from(MIMES[kind])),
        size=draw(st.sampled_from([1, capabilities.upload_limit])),
        width=draw(st.sampled_from([None, 640])),
        height=draw(st.sampled_from([None, 480])),
        remote_id=draw(st.sampled_from(["", "known"])),
    )


@st.composite
def messages(draw: st.DrawFn, capabilities: Capabilities) -> Outgoing:
    kinds = draw(st.lists(st.sampled_from(sorted(capabilities.kinds_out)), min_size=1, max_size=14))
    made = tuple(draw(parts(position, kind, capabilities)) for position, kind in enumerate(kinds))
    reply_to = draw(st.sampled_from([None, Reference("5", "77"), Reference("6", "77")]))
    return Outgoing(draw(st.sampled_from(ADDRESSES)), made, reply_to, draw(manners(capabilities)))


@st.composite
def manners(draw: st.DrawFn, capabilities: Capabilities) -> Manner:
    """What a page lets staff choose at this channel; hostile labels included."""
    labels = draw(st.lists(st.text(max_size=90), max_size=capabilities.buttons))
    asks: list[Ask | None] = [None, *sorted(capabilities.asks)]
    return Manner(tuple(labels), draw(st.sampled_from(asks)), draw(st.booleans()))


@st.composite
def revisions(draw: st.DrawFn, capabilities: Capabilities) -> Revision:
    """New words for a message of which somebody has kept the numbers, more or fewer than fit to it."""
    message = draw(messages(capabilities))
    sent: list[tuple[int, Reference]] = []
    for part in message.parts:
        for _ in range(draw(st.integers(0, 3))):
            sent.append((part.position, Reference(message.address, str(100 + len(sent)))))
    return Revision(message.address, message.parts, tuple(sent), message.manner)
