"""The files of a piece, opened for as long as its request lasts and streamed from where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from telegram import InputFile

from appliance import Piece, SendError, StoredFile
from appliance_telegram import limits

Media = str | InputFile


def check_sizes(piece: Piece, files: Mapping[str, StoredFile], largest: int) -> int:
    """The bytes a piece would upload. Raises SendError for what Telegram would refuse after taking all of it."""
    total = 0
    for item in piece.payload.get("items", ()):
        file = files.get(item.get("file", ""))
        if file is None:
            if not item.get("remote_id"):
                raise SendError("file_missing", permanent=True)
            continue
        limit = limits.PHOTO_UPLOAD if item["kind"] == "photo" else largest
        if file.size > limit and not item.get("remote_id"):
            raise SendError("too_large", {"limit": limit >> 20}, permanent=True)
        total += file.size
    return total


@contextmanager
def open_media(
    items: Sequence[Mapping[str, Any]], files: Mapping[str, StoredFile], *, anew: bool
) -> Iterator[list[Media]]:
    """What stands for each item's file: the id Telegram gave it, or its bytes (`anew`: bytes wherever we have them)."""
    with ExitStack() as opened:
        yield [_open(item, files, opened, attach=len(items) > 1, anew=anew) for item in items]


def _open(
    item: Mapping[str, Any], files: Mapping[str, StoredFile], opened: ExitStack, *, attach: bool, anew: bool
) -> Media:
    file = files.get(item.get("file", ""))
    remote_id = item.get("remote_id")
    if isinstance(remote_id, str) and (file is None or not anew):
        return remote_id
    if file is None:
        raise SendError("file_missing", permanent=True)
    try:
        handle = opened.enter_context(file.open())
    except OSError:
        raise SendError("file_missing", permanent=True) from None
    name = item.get("name") or file.name or item["kind"]
    # Without this flag the library reads the whole file into memory.
    return InputFile(handle, filename=name, attach=attach, read_file_handle=False)
