"""Whatever is made of a file of the corpus is seen and heard: in Chromium and in Firefox, at a running desk.

An error event proves nothing: browsers play films whose picture or sound they cannot decode, and tell nobody. So what
the page shows is compared with what ffmpeg and Pillow find in the rendition, and its sound is listened to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from appliance import MadeRendition
from appliance_media.reasons import Refused
from plugins.media.tests.conftest import MAKERS
from plugins.media.tests.gallery import LOGIN, PASSWORD, Gallery, open_gallery
from plugins.media.tests.hostile import BOMBS
from plugins.media.tests.recipes import LONG, RECIPES, SOUNDS, STICKERS
from plugins.media.tests.reference import Mosaic, difference, frames_of, loudness_of, pictures_of
from tests.browsers.sound_card import plug_in
from tests.browsers.window import Window, open_chromium, open_firefox, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
Make = Callable[[str, str], dict[str, MadeRendition]]
PLACES = (0.25, 0.75)
LOOK = (Path(__file__).parents[3] / "tests" / "browsers" / "look.js").read_text()
# Each browser turns a film's colours into the screen's in its own way; a black or a wrong picture is far beyond.
ALIKE = 10.0


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    with open_gallery(tmp_path_factory.mktemp("gallery")) as opened:
        yield opened


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def window(
    request: pytest.FixtureRequest, gallery: Gallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """Signed in, on a page under the desk's content security policy."""
    folder = tmp_path_factory.mktemp(request.param)
    with ExitStack() as open_things:
        sound = open_things.enter_context(plug_in(folder))
        browser = open_chromium(sound) if request.param == "chromium" else open_firefox(folder, sound)
        opened: Window = open_things.enter_context(browser)
        sign_in(opened, gallery.address, LOGIN, PASSWORD)
        opened.open(f"{gallery.address}/help/desk")
        yield opened


@pytest.mark.parametrize("name", [name for name in (*RECIPES, *MAKERS) if name not in BOMBS])
def test_what_is_made_of_it_is_seen_and_heard(window: Window, gallery: Gallery, make: Make, name: str) -> None:
    made = made_of(make, name)
    for kind, url in gallery.hang(made).items():
        item = made[kind]
        look_at_it = {"video": watch, "audio": listen, "image": see}.get(item.mime.partition("/")[0])
        if look_at_it is not None:
            look_at_it(window, url, item)


def made_of(make: Make, name: str) -> dict[str, MadeRendition]:
    """Nothing, where a hostile file is refused. What a recipe makes is honest and has to be taken."""
    try:
        return make(name, kind_of(name))
    except Refused:
        assert name not in RECIPES
        return {}


def kind_of(name: str) -> str:
    """What a customer would send it as. A document that is media is shown as such."""
    if name in STICKERS or "sticker" in name or name in ("moving.webp", "crowd.png"):
        return "sticker"
    if name in SOUNDS or name in LONG:
        return "voice"
    if name in RECIPES:
        return "animation" if name.endswith(".gif") else "video"
    return "document"


def watch(window: Window, url: str, film: MadeRendition) -> None:
    """Right size and length, the right pictures at two places, and its sound, if it has any."""
    frames, loudness = frames_of(path_of(film)), loudness_of(path_of(film))
    report = measure(window, "film", url, loudness > 0)
    assert (report["width"], report["height"]) == (film.width, film.height)
    assert report["duration"] == pytest.approx(film.duration, abs=0.2)
    first, last = (tuple(shown) for shown in report["shown"])
    expected = [near(frames, place) for place in PLACES]
    assert distance_to(first, expected[0]) < ALIKE
    assert distance_to(last, expected[1]) < ALIKE
    assert difference(first, last) == pytest.approx(difference(expected[0][0], expected[1][0]), rel=0.5, abs=1)
    assert_heard(report, loudness)


def listen(window: Window, url: str, sound: MadeRendition) -> None:
    report = measure(window, "sound", url)
    assert report["duration"] == pytest.approx(sound.duration, abs=0.2)
    assert_heard(report, loudness_of(path_of(sound)))


def see(window: Window, url: str, image: MadeRendition) -> None:
    """Right size and colours, see-through where it is; one that moves has all of its frames."""
    frames = pictures_of(path_of(image))
    report = measure(window, "picture", url)
    if image.kind == "poster":  # has the size of its film, and is drawn in that
        assert report["width"] / report["height"] == pytest.approx((image.width or 0) / (image.height or 1), rel=0.02)
    else:
        assert (report["width"], report["height"]) == (image.width, image.height)
    assert distance_to(tuple(report["shown"][0]), frames) < ALIKE
    if len(frames) > 1:
        moving = measure(window, "animation", url)
        assert moving["frames"] == len(frames)
        for shown, frame in zip(moving["shown"], (frames[0], frames[-1]), strict=True):
            assert difference(tuple(shown), frame) < ALIKE


def measure(window: Window, what: str, *given: object) -> dict[str, Any]:
    report: dict[str, Any] = window.run(f"{LOOK}.{what}(...{json.dumps(given)})")
    return report


def near(frames: list[Mosaic], place: float) -> list[Mosaic]:
    """The frames about a part of the film's length: which of two neighbours is shown there is the browser's affair."""
    middle, reach = round(place * len(frames)), 1 + len(frames) // 50
    return frames[max(0, middle - reach) : middle + reach]


def distance_to(shown: Mosaic, frames: list[Mosaic]) -> float:
    return min(difference(shown, frame) for frame in frames)


def assert_heard(report: dict[str, Any], loudness: float) -> None:
    """Not how loud: that it is there."""
    assert (report["loudness"] > 0.01) == (loudness > 0)


def path_of(item: MadeRendition) -> Path:
    assert item.path is not None
    return item.path
