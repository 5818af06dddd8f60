"""Build ffmpeg argument lists. The only module that knows ffmpeg-python, and the only use of it: its own ways of
running a program know no time limit, inherit stdin and can lock up on a full pipe, so `child` does the running.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import ffmpeg

from appliance_media.guards import INPUT_GUARDS, LONGEST_SECONDS, file_address

Options = Mapping[str, str | int | None]
Filter = tuple[str, Mapping[str, str | int]]

PROGRAM = ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error"]
ONE_FILTER_THREAD = ["-filter_threads", "1", "-filter_complex_threads", "1"]


def build(
    source: Path,
    target: str,
    streams: Sequence[int],
    output: Options,
    *,
    filters: Sequence[Filter] = (),
    reading: Options | None = None,
) -> list[str]:
    """The argument list that reads `streams` (indexes) of `source` and writes `target` (a `file:` or `pipe:` address).

    `filters` apply to the first stream. `reading` holds options of the input, `output` of the output; an option
    whose value is None is a bare flag.
    """
    guards = {**INPUT_GUARDS, "t": LONGEST_SECONDS, "threads": 2}
    opened = ffmpeg.input(file_address(source), **{**guards, **(reading or {})})
    first, *others = (opened[str(index)] for index in streams)
    for name, arguments in filters:
        first = first.filter(name, **arguments)
    written = ffmpeg.output(first, *others, target, **output)
    command: list[str] = written.compile(cmd=[*PROGRAM, *ONE_FILTER_THREAD], overwrite_output=True)
    return command
