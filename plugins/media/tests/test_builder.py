from __future__ import annotations

import importlib.metadata
from pathlib import Path

from appliance_media.builder import build


def test_every_input_is_guarded() -> None:
    command = build(Path("/files/ab"), "file:/made/out.mp4", [0, 1], {"c": "copy"})
    before = command[: command.index("-i")]
    for guard in ("-protocol_whitelist", "-format_whitelist", "-max_pixels"):
        assert guard in before


def test_a_name_is_never_an_option_or_a_protocol() -> None:
    command = build(Path("/files/-y"), "file:/made/out.mp4", [0], {"c": "copy"})
    assert command[command.index("-i") + 1] == "file:/files/-y"


def test_streams_are_named_one_by_one() -> None:
    command = build(Path("/files/ab"), "file:/made/out.mp4", [0, 3], {"c": "copy"})
    assert [command[i + 1] for i, word in enumerate(command) if word == "-map"] == ["0:0", "0:3"]


def test_filters_apply_to_the_first_stream_and_are_escaped() -> None:
    command = build(Path("/a"), "file:/b", [1, 2], {}, filters=[("scale", {"w": "min(1280,iw)"})])
    assert command[command.index("-filter_complex") + 1] == r"[0:1]scale=w=min(1280\,iw)[s0]"


def test_no_second_package_claims_the_name_ffmpeg() -> None:
    """typed-ffmpeg and ffmpeg-python both install a module of that name; with both, neither works."""
    assert importlib.metadata.packages_distributions()["ffmpeg"] == ["ffmpeg-python"]
