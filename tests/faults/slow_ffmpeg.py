"""A program in front of ffmpeg: it notes what it is asked and, while told to, reads films as slowly as they play."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.harness.box import Box
from tests.harness.processes import children_of

ENCODER = "libx264"
PROGRAM = """#!/bin/sh
printf '%s\\n' "$*" >>{notes}
case "$*" in
*libx264*) [ ! -e {slow} ] || exec {real} -re "$@" ;;
esac
exec {real} "$@"
"""


class SlowFfmpeg:
    """`environ` is for the box that is to find it; `slow()` and `fast()` decide about films encoded from then on."""

    def __init__(self, folder: Path) -> None:
        real = shutil.which("ffmpeg")
        assert real is not None
        self._notes, self._slow = folder / "ffmpeg.asked", folder / "ffmpeg.slow"
        programs = folder / "programs"
        programs.mkdir(parents=True)
        program = programs / "ffmpeg"
        program.write_text(PROGRAM.format(notes=self._notes, slow=self._slow, real=real))
        program.chmod(0o755)
        self.environ: Mapping[str, str] = {"PATH": f"{programs}:{os.environ['PATH']}"}
        self.forget()

    def slow(self) -> None:
        self._slow.touch()

    def fast(self) -> None:
        self._slow.unlink(missing_ok=True)

    def forget(self) -> None:
        self._notes.write_text("")

    def encoded(self) -> int:
        """How often a picture was encoded since `forget`."""
        return sum(ENCODER in line for line in self._notes.read_text().splitlines())


def encoders_of(box: Box) -> list[int]:
    """The processes of the box that encode a picture now."""
    return [pid for pid, command in children_of(box.pid("worker")).items() if ENCODER in command]
