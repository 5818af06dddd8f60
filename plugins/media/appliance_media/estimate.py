"""How long it will take to prepare files again: at most, as if every film had to be encoded."""

from __future__ import annotations

from appliance import FileSum

FILM_KINDS = frozenset({"video", "video_note", "animation"})
SOUND_KINDS = frozenset({"voice", "audio"})
SECONDS_OF_SOUND_IN_A_SECOND = 30.0
PER_FILE = 1.0
# Until the box has been tried: what a small one does.
USUAL_SPEED = 1.0
# A phone's film is larger and harder to decode than the film of the self-test.
HARDER = 2.0


def seconds_for(files: FileSum, speed: float) -> float:
    """`speed`: seconds of film the box encodes in one second; 0 = not known."""
    if files.kind in SOUND_KINDS:
        return files.files * PER_FILE + files.seconds / SECONDS_OF_SOUND_IN_A_SECOND
    if files.kind in FILM_KINDS or files.seconds:
        return files.files * PER_FILE + files.seconds * HARDER / (speed or USUAL_SPEED)
    return files.files * PER_FILE


def in_words(seconds: float) -> str:
    """'40 seconds', '12 minutes', '3 hours', '2 days'."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length * 1.5:
            return f"{round(seconds / length)} {unit}s"
    whole = max(1, round(seconds))
    return f"{whole} second{'' if whole == 1 else 's'}"
