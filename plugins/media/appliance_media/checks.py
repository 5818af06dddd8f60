"""Lines for the status page: are the programs there that do the work?"""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from appliance import CheckResult, mark

PROGRAMS = ("ffmpeg", "ffprobe", "prlimit", "setpriv", "nice", "ionice")
PDF_PROGRAMS = ("pdfinfo", "pdftoppm", "pdftotext")


def check_programs() -> list[CheckResult]:
    """One line: all found, or the names of the missing."""
    if missing := _find_missing(PROGRAMS):
        text = mark("Programs are missing: {programs}. Voices and videos cannot be shown.")
        advice = mark("Install the system packages ffmpeg and util-linux, then try the files again.")
        return [CheckResult("media", "fail", text, advice, {"programs": missing})]
    if missing := _find_missing(PDF_PROGRAMS):
        text = mark("Programs are missing: {programs}. PDFs can only be downloaded.")
        advice = mark("Install the system package poppler-utils, then try the files again.")
        return [CheckResult("media", "warn", text, advice, {"programs": missing})]
    return [CheckResult("media", "ok", mark("Photos, voices and videos can be prepared."))]


def _find_missing(programs: Sequence[str]) -> str:
    return ", ".join(name for name in programs if shutil.which(name) is None)
