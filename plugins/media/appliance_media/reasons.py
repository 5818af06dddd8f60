"""Why a file was not turned into something the page can show."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The code stored with a refused file; its words for staff live in `bubbles`."""

    UNREADABLE = "unreadable"
    NOTHING_TO_PLAY = "nothing_to_play"
    PICTURE_TOO_LARGE = "picture_too_large"
    TOO_LONG = "too_long"
    TOO_MUCH_WORK = "too_much_work"
    ANIMATED_STICKER = "animated_sticker"
    PROGRAM_MISSING = "program_missing"
    NO_SPACE = "no_space"


class Refused(Exception):
    """The only exception of this package's media work.

    `reason` is for staff, `detail` for the log: the tail of what the program said, never shown in the page.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail

    @property
    def is_about_the_box(self) -> bool:
        """True when another try may help: the file is innocent, the box lacks something."""
        return self.reason in (Reason.PROGRAM_MISSING, Reason.NO_SPACE)
