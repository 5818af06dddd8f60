"""Why a file was not turned into something the page can show, as a code and in words."""

from __future__ import annotations

from enum import StrEnum

from appliance import mark


class Reason(StrEnum):
    """The code stored with a refused file."""

    UNREADABLE = "unreadable"
    NOTHING_TO_PLAY = "nothing_to_play"
    PICTURE_TOO_LARGE = "picture_too_large"
    TOO_LONG = "too_long"
    TOO_MUCH_WORK = "too_much_work"
    ANIMATED_STICKER = "animated_sticker"
    PROGRAM_MISSING = "program_missing"
    NO_SPACE = "no_space"


WORDS: dict[str, str] = {
    Reason.UNREADABLE: mark("The file is damaged or not what its name says."),
    Reason.NOTHING_TO_PLAY: mark("There is neither picture nor sound in this file."),
    Reason.PICTURE_TOO_LARGE: mark("The picture has too many pixels to be opened safely."),
    Reason.TOO_LONG: mark("The recording is longer than three hours."),
    Reason.TOO_MUCH_WORK: mark("The file needs more time or memory than this box gives one file."),
    Reason.ANIMATED_STICKER: mark("This moving sticker cannot be drawn here."),
    Reason.PROGRAM_MISSING: mark("The box lacks a program for this file: the status page names it."),
    Reason.NO_SPACE: mark("The disk of the box is full."),
}
OTHER_WORDS = mark("The file could not be prepared for the page.")


def explain(code: str) -> str | None:
    """The words (a msgid) for a code of `Reason`; None for a code of somebody else's."""
    return WORDS.get(code)


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
