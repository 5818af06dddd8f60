from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from appliance_media import choice, hardware, renewal, trial
from appliance_media.choice import HARDWARE, SAFE, Choice
from appliance_media.commands import make_playable
from appliance_media.decide import Action, decide
from appliance_media.picture_codec import plain_video
from appliance_media.probe import probe
from plugins.media.tests.boxed import folder
from plugins.media.tests.conftest import Corpus

__all__ = ["folder"]


def measured(**changes: object) -> Choice:
    """What this very box could have chosen."""
    found = Choice("libx264", "superfast", 540, 0.7, choice.ffmpeg_version(), choice.processors(), "2026-01-31T10:00")
    return replace(found, **changes)  # type: ignore[arg-type]  # names of fields


def test_what_was_chosen_is_used(folder: Path) -> None:
    choice.keep(measured(), folder)
    assert choice.current() == measured()
    assert [path.name for path in folder.iterdir()] == [choice.FILE]


def test_it_knows_the_version_of_ffmpeg() -> None:
    assert choice.ffmpeg_version()[0].isdigit() or choice.ffmpeg_version().startswith("N-")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"encoder": "libx264"}',
        json.dumps({**asdict(SAFE), "further": 1}),
        json.dumps({**asdict(SAFE), "height": 4320}),
        json.dumps({**asdict(SAFE), "preset": "placebo"}),
        json.dumps({**asdict(SAFE), "encoder": "-y"}),
        json.dumps({**asdict(SAFE), "speed": None}),
    ],
)
def test_what_cannot_be_read_is_no_choice(folder: Path, text: str) -> None:
    (folder / choice.FILE).write_text(text)
    assert choice.stored() is None
    assert choice.current() == SAFE


@pytest.mark.parametrize("changes", [{"ffmpeg": "4.0"}, {"processors": 4096}])
def test_a_choice_for_another_machine_or_another_ffmpeg_is_out_of_date(
    folder: Path, changes: dict[str, object]
) -> None:
    choice.keep(measured(**changes), folder)
    assert choice.stored() is None


def test_a_choice_for_a_device_that_is_gone_is_out_of_date(folder: Path) -> None:
    choice.keep(measured(encoder=HARDWARE), folder)
    assert (choice.stored() is None) == (hardware.find_device() is None)


def test_without_a_box_it_is_the_safe_one() -> None:
    assert choice.current() == SAFE
    assert (SAFE.encoder, SAFE.preset, SAFE.height) == ("libx264", "veryfast", 720)


def test_it_finds_an_encoder_that_it_may_use(tmp_path: Path) -> None:
    devices, names = tmp_path / "dev", tmp_path / "names"
    for name, words in (("video0", "camera"), ("video11", "bcm2835-codec-decode"), ("video31", "rk-vepu-enc")):
        (names / name).mkdir(parents=True)
        (names / name / "name").write_text(f"{words}\n")
    devices.mkdir()
    assert hardware.find_device(devices, names) is None
    (devices / "video0").touch()
    assert hardware.find_device(devices, names) is None
    (devices / "video31").touch()
    assert hardware.find_device(devices, names) == devices / "video31"
    (devices / "video11").touch()
    assert hardware.find_device(devices, names) == devices / "video11"


def test_hardware_is_given_a_rate_and_no_quality() -> None:
    told = plain_video(Choice(HARDWARE), 900)
    assert told["b:v"] == "900k"
    assert not {"crf", "preset", "profile:v"} & told.keys()
    assert plain_video(Choice("libx264", "superfast"))["preset"] == "superfast"


def test_a_film_is_encoded_as_chosen(corpus: Corpus, tmp_path: Path) -> None:
    source = corpus["large.mp4"]
    plan = decide(probe(source), "video")
    assert plan.action is Action.TRANSCODE
    command = make_playable(plan, source, tmp_path / "made.mp4", "video", measured())
    assert command[command.index("-preset") + 1] == "superfast"
    assert "-maxrate 1500k" in " ".join(command)
    assert "min(540" in "".join(command).replace("\\", "")


def test_the_self_test_keeps_what_it_chose(folder: Path) -> None:
    trials = trial.choose(folder)
    chosen = trials[-1].choice
    assert choice.stored() == chosen
    assert chosen.speed >= 0
    assert trials[-1].passed
    assert all(not tried.passed for tried in trials[:-1])


def test_a_device_that_encodes_nothing_is_not_chosen(tmp_path: Path) -> None:
    # There is none here, or it is no encoder of this kind: ffmpeg itself says so.
    if hardware.find_device() is not None:
        return
    clip = tmp_path / "clip.mp4"
    trial.run(trial.make_clip(clip), trial.MAKING)
    tried = trial.measure(Choice(HARDWARE), clip, tmp_path / "tried.mp4", trial.HARDWARE_BAR)
    assert tried.note == "it failed"
    assert not tried.passed


def test_the_worker_leaves_a_choice_that_holds(folder: Path) -> None:
    choice.keep(measured(), folder)
    renewal.renew()
    assert choice.stored() == measured()
