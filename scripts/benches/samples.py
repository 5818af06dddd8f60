"""What customers send, made on the spot: films of a phone and of an old camera, voices, a photo."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from appliance_sandbox.control import Upload
from plugins.media.tests.handmade import write_heic

HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "30", "-x265-params", "log-level=none", "-tag:v", "hvc1")
PHONE = (*HEVC, "-pix_fmt", "yuv420p", "-c:a", "aac")
CAMERA = ("-c:v", "mjpeg", "-q:v", "15", "-pix_fmt", "yuvj420p", "-ar", "11025", "-c:a", "pcm_u8")
VOICE = ("-c:a", "libopus", "-b:a", "24k", "-ac", "1")
TWELVE_MEGAPIXELS = (4032, 3024)


@dataclass(frozen=True)
class Sample:
    """A file, and how a messenger hands it over."""

    name: str
    path: Path
    kind: str
    mime: str

    @property
    def upload(self) -> Upload:
        return Upload(self.path, mime_type=self.mime)


def make_films(folder: Path) -> list[Sample]:
    return [
        _film(folder, "phone video 720p HEVC, 10 s", "phone720.mov", (1280, 720), PHONE, "video"),
        make_large_film(folder),
        _film(folder, "old camera AVI 480p, 30 s", "camera.avi", (640, 480), CAMERA, "document", 30),
    ]


def make_large_film(folder: Path) -> Sample:
    return _film(folder, "phone video 1080p HEVC, 10 s", "phone1080.mov", (1920, 1080), PHONE, "video")


def make_long_film(film: Sample, times: int) -> Sample:
    """The same film over and over."""
    target = film.path.with_name(f"long-{film.path.name}")
    _run("-stream_loop", str(times - 1), "-i", str(film.path), "-c", "copy", "-tag:v", "hvc1", str(target))
    return Sample(f"{film.name} × {times}", target, film.kind, film.mime)


def make_voice(folder: Path, seconds: int) -> Sample:
    target = folder / f"voice{seconds}.ogg"
    _run(*_sound(seconds), *VOICE, str(target))
    return Sample(f"voice {seconds} s", target, "voice", "audio/ogg")


def make_photo(folder: Path) -> Sample:
    """One HEVC frame, wrapped as a phone wraps its photos."""
    film, target = folder / "frame.mp4", folder / "photo.heic"
    _run(*_scene(TWELVE_MEGAPIXELS, 1), "-frames:v", "1", *HEVC, "-pix_fmt", "yuv420p", str(film))
    write_heic(film, target, TWELVE_MEGAPIXELS, Image.Exif().tobytes())
    return Sample("HEIC photo, 12 Mpx", target, "document", "image/heic")


def _film(
    folder: Path, name: str, file: str, size: tuple[int, int], codec: tuple[str, ...], kind: str, seconds: int = 10
) -> Sample:
    target = folder / file
    _run(*_scene(size, seconds), *_sound(seconds), *codec, str(target))
    return Sample(name, target, kind, "video/quicktime" if file.endswith(".mov") else "video/x-msvideo")


def _scene(size: tuple[int, int], seconds: int) -> tuple[str, ...]:
    """Motion everywhere and a little noise, as a hand and a sensor make them."""
    width, height = size
    scene = f"testsrc2=size={width}x{height}:rate=30:duration={seconds},noise=alls=5:allf=t"
    return "-f", "lavfi", "-i", scene


def _sound(seconds: int) -> tuple[str, ...]:
    tone = f"sine=frequency=220:duration={seconds},tremolo=f=3:d=0.8"
    return "-f", "lavfi", "-i", tone


def _run(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True, timeout=300)
