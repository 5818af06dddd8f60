"""The corpus, made once for a run and only as far as it is used, and a place to work in."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from appliance import Lane, MadeRendition, Workplace
from appliance_media.workshop import prepare
from plugins.media.tests import handmade, hostile
from plugins.media.tests.browsing import browser, desk, open_page, page
from plugins.media.tests.recipes import HEVC, RECIPES

__all__ = ["browser", "desk", "open_page", "page"]
LANES: tuple[Lane, ...] = ("quick", "slow")
Maker = Callable[["Corpus", Path], object]


class Corpus:
    """`corpus["plain.mp4"]` is the path of that file, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> Path:
        path = self.folder / name
        if not path.exists():
            if name in RECIPES:
                self.encode(RECIPES[name], path)
            else:
                MAKERS[name](self, path)
        return path

    def encode(self, arguments: list[str], path: Path) -> None:
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments, str(path)], check=True, timeout=60)


def _rotated(corpus: Corpus, path: Path) -> None:
    path.write_bytes(corpus["phone.mov"].read_bytes())
    handmade.turn_track(path)


def _rotated_plain(corpus: Corpus, path: Path) -> None:
    path.write_bytes(corpus["plain.mp4"].read_bytes())
    handmade.turn_track(path)


def _old_phone(corpus: Corpus, path: Path) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc2=size=176x144:rate=15:duration=2"]
    sound = ["-f", "amr", "-i", str(corpus["dictation.amr"])]
    corpus.encode([*picture, *sound, "-c:v", "h263", "-c:a", "copy", "-f", "3gp"], path)


def _old_dictation(corpus: Corpus, path: Path) -> None:
    corpus.encode(["-f", "amr", "-i", str(corpus["dictation.amr"]), "-c", "copy", "-f", "3gp"], path)


def _heic(corpus: Corpus, path: Path) -> None:
    """As an iPhone takes it: it knows where and with what."""
    film = corpus.folder / "one_frame.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=640x480:rate=1:duration=1", "-frames:v", "1"]
    corpus.encode([*picture, *HEVC, "-pix_fmt", "yuv420p"], film)
    exif = Image.Exif()
    _tag(exif)
    handmade.write_heic(film, path, (640, 480), exif.tobytes())


def _photo(corpus: Corpus, path: Path) -> None:
    """Lies on its side: blue above red as stored, blue on the right when shown upright. Knows where it was taken."""
    image = Image.new("RGB", (1200, 800), "red")
    image.paste("blue", (0, 0, 1200, 400))
    exif = image.getexif()
    exif[0x0112] = 6
    _tag(exif)
    image.save(path, exif=exif)


def _tag(exif: Image.Exif) -> None:
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 18.0, 40.0), 3: "E", 4: (69.0, 16.0, 47.0)})


def _logo(corpus: Corpus, path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "Secret title")
    Image.new("RGBA", (300, 200), (0, 128, 0, 90)).save(path, pnginfo=notes)


def _moving_sticker(corpus: Corpus, path: Path) -> None:
    frames = [Image.new("RGBA", (512, 512), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=80, loop=0)


MAKERS: dict[str, Maker] = {
    "rotated.mov": _rotated,
    "rotated.mp4": _rotated_plain,
    "old_phone.3gp": _old_phone,
    "dictation.amr": lambda corpus, path: handmade.write_amr(path, 2),
    "dictation.3gp": _old_dictation,
    "photo.heic": _heic,
    "photo.jpg": _photo,
    "logo.png": _logo,
    "cmyk.jpg": lambda corpus, path: Image.new("CMYK", (200, 100), (0, 255, 255, 0)).save(path),
    "sticker.webp": lambda corpus, path: Image.new("RGBA", (512, 512), (255, 0, 0, 90)).save(path),
    "moving.webp": _moving_sticker,
    **hostile.MAKERS,
}


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def make(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], dict[str, MadeRendition]]:
    """All that is made of a file of the corpus, by kind: on the quick lane and if need be on the slow one."""

    @cache
    def make_once(name: str, kind: str) -> dict[str, MadeRendition]:
        made: list[MadeRendition] = []
        for lane in LANES:
            prepared = prepare(corpus[name], kind, Workplace(tmp_path_factory.mktemp(lane), lane, lambda done: None))
            made += prepared.renditions
            if not prepared.unfinished:
                break
        return {rendition.kind: rendition for rendition in made}

    return make_once


@pytest.fixture
def workplace(tmp_path: Path) -> Callable[[Lane], Workplace]:
    """A new empty folder for each call; what was reported is dropped."""

    def make(lane: Lane) -> Workplace:
        folder = tmp_path / f"work{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return Workplace(folder, lane, lambda done: None)

    return make
