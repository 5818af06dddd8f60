from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pi_heif
import pytest
from PIL import Image

from appliance import Lane, MadeRendition, Workplace
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.looking import colour_at

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]
GPS = 0x8825


@pytest.mark.parametrize("name", ["photo.jpg", "photo.heic"])
def test_no_place_and_no_phone_is_left(corpus: Corpus, make: Make, name: str) -> None:
    pi_heif.register_heif_opener()
    with Image.open(corpus[name]) as original:
        assert original.getexif().get_ifd(GPS)[2] == (41.0, 18.0, 40.0)
    for rendition in make(name, "photo").values():
        assert rendition.path is not None
        assert b"PhoneMaker" not in rendition.path.read_bytes()
        with Image.open(rendition.path) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_a_photo_held_upright_stands_upright(make: Make) -> None:
    made = make("photo.jpg", "photo")
    assert (made["playable"].width, made["playable"].height) == (800, 1200)
    assert (made["thumbnail"].width, made["thumbnail"].height) == (320, 480)
    for rendition in made.values():
        assert colour_at(rendition.path, 0.98)[2] > 200
        assert colour_at(rendition.path, 0.02)[0] > 200


def test_a_heic_photo_becomes_a_jpeg(make: Make) -> None:
    made = make("photo.heic", "photo")["playable"]
    assert (made.mime, made.width, made.height) == ("image/jpeg", 640, 480)


@pytest.mark.parametrize(
    ("size", "large", "small"), [((3000, 1000), (2048, 683), (480, 160)), ((40, 30), (40, 30), (40, 30))]
)
def test_a_photo_is_made_small_and_never_larger(
    tmp_path: Path, workplace: Place, size: tuple[int, int], large: tuple[int, int], small: tuple[int, int]
) -> None:
    Image.new("RGB", size).save(tmp_path / "photo.png")
    prepared = prepare(tmp_path / "photo.png", "photo", workplace("quick"))
    assert [(made.width, made.height) for made in prepared.renditions] == [large, small]
    assert (prepared.width, prepared.height) == large


def test_see_through_parts_stay(make: Make) -> None:
    made = make("logo.png", "photo")["playable"]
    assert made.mime == "image/webp"
    assert made.path is not None
    assert b"Secret title" not in made.path.read_bytes()
    assert colour_at(made.path, 0.5)[3] == pytest.approx(90, abs=3)


def test_printing_colours_become_screen_colours(make: Make) -> None:
    assert colour_at(make("cmyk.jpg", "photo")["playable"].path, 0.02)[0] > 200


def test_of_a_moving_picture_sent_as_a_photo_the_first_moment_is_shown(make: Make) -> None:
    made = make("many_frames.gif", "photo")["playable"]
    assert (made.mime, made.width) == ("image/jpeg", 2048)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.heic", "logo.png"])
def test_a_photo_sent_as_a_document_is_shown(make: Make, name: str) -> None:
    assert set(make(name, "document")) == {"playable", "thumbnail"}
