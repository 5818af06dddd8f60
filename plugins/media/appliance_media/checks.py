"""Lines for the status page: are the programs there that do the work?"""

from __future__ import annotations

import shutil

from appliance import CheckResult, mark

PROGRAMS = ("ffmpeg", "ffprobe", "prlimit", "setpriv", "nice", "ionice")


def check_programs() -> list[CheckResult]:
    """One line: all found, or the names of the missing."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if not missing:
        return [CheckResult("media", "ok", mark("Photos, voices and videos can be prepared."))]
    return [
        CheckResult(
            "media",
            "fail",
            mark("Programs are missing: {programs}. Voices and videos cannot be shown."),
            mark("Install the system packages ffmpeg and util-linux, then try the files again."),
            {"programs": ", ".join(missing)},
        )
    ]
