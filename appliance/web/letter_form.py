"""What the composer's form carries, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from flask import request

from appliance.services import places
from appliance.services.letters import OutboxError, Then
from appliance.services.tickets import Leftovers
from appliance.values import FILE_KINDS, Manner, OutgoingPart, PartKind
from appliance.web import snooze

FILES = 30
BUTTONS = 10
# What the page calls a letter, so that posting it again after a lost answer does not send it twice.
_KEY = re.compile(r"[0-9a-f]{32}")
_PLACE_FIELDS = ("latitude", "longitude", "accuracy", "title", "address", "name", "phone")


@dataclass(frozen=True)
class Written:
    """`text` holds marks; `parts` are places and contacts, whose data the service checks."""

    mode: str
    text: str
    file_ids: tuple[int, ...]
    kinds: dict[int, PartKind]
    reply_to: int | None
    key: str
    manner: Manner
    parts: tuple[OutgoingPart, ...]
    then: Then


def read() -> Written:
    form = request.form
    # An unknown mode is a note: what is not clearly a reply must not leave.
    mode = "reply" if form.get("mode") == "reply" else "note"
    ids = tuple(int(number) for number in form.getlist("file")[:FILES] if number.isdecimal() and len(number) < 18)
    kinds = {number: kind for number, kind in zip(ids, form.getlist("kind"), strict=False) if kind in FILE_KINDS}
    buttons = tuple(label for label in form.getlist("button")[:BUTTONS] if label.strip())
    manner = Manner(buttons, preview=form.get("preview") != "0")
    return Written(mode, text(), ids, kinds, form.get("reply_to", type=int), key(), manner, _parts(), _then())


def text() -> str:
    """Browsers send line breaks of forms as CR LF; messengers count and show them as one."""
    return request.form.get("text", "").replace("\r\n", "\n")


def key() -> str:
    given = request.form.get("key", "")
    return given if _KEY.fullmatch(given) else ""


def seen() -> int | None:
    """The last message that stood there when the writing began."""
    given = request.form.get("last_seen", "")
    return int(given) if given.isdecimal() and len(given) < 18 else None


def leftovers(said: str) -> Leftovers:
    """What becomes of open subtasks; unsaid, it is asked."""
    return "finish" if said == "finish" else "leave" if said == "leave" else "ask"


def _then() -> Then:
    """`then`: nothing; done, or done- and what becomes of open subtasks; snooze- and how long. Raises OutboxError for
    anything else: what was pressed is not to be guessed."""
    wanted = request.form.get("then", "")
    start, _, code = wanted.partition("-")
    if start in ("", "done"):
        return Then(start, subtasks=leftovers(code))
    try:
        return Then("snoozed", snooze.until(code if start == "snooze" else ""))
    except ValueError:
        raise OutboxError("bad_time") from None


def _parts() -> tuple[OutgoingPart, ...]:
    kind = request.form.get("part", "")
    if kind not in places.KINDS:
        return ()
    data: dict[str, Any] = {name: request.form[name] for name in _PLACE_FIELDS if name in request.form}
    return (OutgoingPart(0, cast(PartKind, kind), data=data),)
