"""Says in one line what an update came to, for tables of expectations."""

from __future__ import annotations

from appliance import (
    Ignored,
    Incoming,
    IncomingButton,
    IncomingMessage,
    IncomingPart,
    IncomingPosition,
    IncomingReaction,
    IncomingStart,
    IncomingState,
)


def tell(value: Incoming) -> str:
    match value:
        case IncomingMessage():
            kind = "edit" if value.edited else "message"
            return f"{kind} {value.reference.message} by {value.author.name}: {', '.join(map(_part, value.parts))}"
        case IncomingStart():
            return f"start by {value.author.name}: {value.payload}"
        case IncomingReaction():
            return f"reaction to {value.reference.message} by {value.author.name}: {''.join(value.emojis)}"
        case IncomingState():
            name = value.author.name if value.author else "nobody"
            return f"{value.state} by {name}: {value.text or value.moved_to}"
        case IncomingPosition():
            return f"position of {value.reference.message}: {dict(value.data)}"
        case IncomingButton():
            return f"button below {value.reference.message} by {value.author.name}: {value.data}"
        case Ignored():
            return f"ignored: {value.reason}"


def _part(part: IncomingPart) -> str:
    file = f" <{part.file.name or part.file.mime}>" if part.file else ""
    text = f" {part.text[:40]!r}" if part.text else ""
    return f"{part.kind}{file}{text}{f' {dict(part.data)}' if part.data else ''}"
