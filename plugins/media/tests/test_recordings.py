"""What browsers record becomes a voice, a round video or a video of the messenger: Chromium's own recordings, and
files built as Firefox and Safari build theirs."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from appliance import Lane, MadeRendition, Workplace
from appliance_media.outgoing import prepare_outgoing
from appliance_media.probe import Probe, probe
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.desk import Desk
from tests.browsers.chromium import launch

Place = Callable[[Lane], Workplace]
SECONDS = 2
# Recorders write while the sound is still coming: in pieces, with nothing known in front.
PIECES = ["-movflags", "frag_keyframe+empty_moov+default_base_moof"]
SOUND = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}"]
PICTURE = ["-f", "lavfi", "-i", f"testsrc2=size=640x480:rate=25:duration={SECONDS}"]
BUILT = {
    "firefox.ogg": [*SOUND, "-c:a", "libopus", "-ac", "1", "-page_duration", "100000"],
    "firefox.webm": [
        *PICTURE,
        *SOUND,
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
        "-c:a",
        "libopus",
        "-f",
        "webm",
        "-live",
        "1",
    ],
    "safari.m4a": [*SOUND, "-c:a", "aac", "-f", "mp4", *PIECES],
    "safari.mp4": [*PICTURE, *SOUND, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac", *PIECES],
}
RECORDED = {
    "chromium.webm": "audio/webm;codecs=opus",
    "chromium.mp4": "video/mp4;codecs=avc1.42E01E,opus",
    "chromium-vp8.webm": "video/webm;codecs=vp8,opus",
}
VOICES = ["firefox.ogg", "safari.m4a", "chromium.webm"]
FILMS = ["firefox.webm", "safari.mp4", "chromium.mp4", "chromium-vp8.webm"]
RECORD = """async ([type, seconds]) => {
  const video = type.startsWith("video/") && { width: 640, height: 480 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: { ideal: 1 } }, video });
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.start(500);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """By name; each is made once."""
    folder = tmp_path_factory.mktemp("recordings")
    corpus = Corpus(folder)
    record_all(folder)

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            corpus.encode(BUILT[name], path)
        return path

    return find


def record_all(folder: Path) -> None:
    """On a page of the loopback: only there and over HTTPS browsers record."""
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with Desk().serving() as address, sync_playwright() as playwright:
        chromium = launch(playwright.chromium, *flags)
        page = chromium.new_page()
        page.goto(address)
        for name, kind in RECORDED.items():
            (folder / name).write_bytes(base64.b64decode(page.evaluate(RECORD, [kind, SECONDS])))
        chromium.close()


def send(path: Path, kind: str, workplace: Place) -> tuple[MadeRendition, Probe]:
    prepared = prepare_outgoing(path, kind, workplace("slow"))
    assert prepared is not None
    assert not prepared.failure
    (made,) = prepared.renditions
    assert made.path is not None
    # Of a recorder that had just begun the first moments may be missing.
    assert made.duration
    assert made.duration > SECONDS / 2
    return made, probe(made.path)


@pytest.mark.parametrize("name", VOICES)
def test_every_browsers_voice_becomes_a_voice_message(
    recordings: Callable[[str], Path], workplace: Place, name: str
) -> None:
    made, found = send(recordings(name), "voice", workplace)
    assert made.mime == "audio/ogg"
    assert found.video is None
    assert found.audio is not None
    assert (found.audio.codec, found.audio.channels) == ("opus", 1)


@pytest.mark.parametrize("name", FILMS)
def test_every_browsers_film_becomes_a_round_video(
    recordings: Callable[[str], Path], workplace: Place, name: str
) -> None:
    made, found = send(recordings(name), "video_note", workplace)
    assert (made.mime, made.width, made.height) == ("video/mp4", 384, 384)
    assert found.video is not None
    assert found.audio is not None
    assert (found.video.codec, found.video.shown_size, found.audio.codec) == ("h264", (384, 384), "aac")


@pytest.mark.parametrize("name", FILMS)
def test_every_browsers_film_becomes_a_video(recordings: Callable[[str], Path], workplace: Place, name: str) -> None:
    made, found = send(recordings(name), "video", workplace)
    assert made.mime == "video/mp4"
    assert found.video is not None
    assert found.audio is not None
    assert (found.video.codec, found.audio.codec) == ("h264", "aac")


def test_what_is_left_of_a_recording_after_a_crash_can_be_sent(
    recordings: Callable[[str], Path], workplace: Place, tmp_path: Path
) -> None:
    """The pieces that were kept, without the end."""
    for name, kind in (("chromium.webm", "voice"), ("chromium-vp8.webm", "video_note"), ("safari.mp4", "video")):
        whole = recordings(name).read_bytes()
        cut = tmp_path / name
        cut.write_bytes(whole[: len(whole) * 3 // 4])
        prepared = prepare_outgoing(cut, kind, workplace("slow"))
        assert prepared is not None
        assert not prepared.failure
        assert prepared.duration
        assert prepared.duration > 0.5
