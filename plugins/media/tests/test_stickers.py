from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from appliance import Lane, MadeRendition, Workplace
from appliance_media.reasons import Reason, Refused
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.looking import colour_at
from plugins.media.tests.paper import draw_ball, write_sticker

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]
TABLE = [
    ("sticker.webp", 1, 512, None),
    ("moving.webp", 3, 256, 0.24),
    ("sticker.webm", 10, 128, 1.0),
    ("half_sticker.webm", 2, 256, 1.0),
    ("drawn_sticker.tgs", 20, 256, 1.0),
    ("animation.gif", 10, 160, 1.0),
]
MANY = {"ty": "rp", "c": {"a": 0, "k": 10_000_000}, "o": {"a": 0, "k": 0}}
EVEN, MOVED = {"a": 0, "k": 100}, {"a": 0, "k": [1, 1]}
STEP = {"p": MOVED, "a": MOVED, "s": MOVED, "so": EVEN, "eo": EVEN}


@pytest.mark.parametrize(("name", "frames", "side", "seconds"), TABLE)
def test_a_sticker_becomes_a_webp(make: Make, name: str, frames: int, side: int, seconds: float | None) -> None:
    made = make(name, "sticker")["playable"]
    assert made.mime == "image/webp"
    assert made.path is not None
    with Image.open(made.path) as image:
        assert getattr(image, "n_frames", 1) >= frames
        assert image.size == (made.width, made.height)
        assert max(image.size) == side
    assert made.duration == (None if seconds is None else pytest.approx(seconds, abs=0.1))


def test_a_sticker_tells_its_size_and_length(corpus: Corpus, workplace: Place) -> None:
    prepared = prepare(corpus["drawn_sticker.tgs"], "sticker", workplace("quick"))
    assert (prepared.width, prepared.height, prepared.duration) == (256, 256, 1.0)


@pytest.mark.parametrize(
    ("name", "alpha"), [("sticker.webp", 90), ("sticker.webm", 128), ("moving.webp", 255), ("drawn_sticker.tgs", 127)]
)
def test_a_sticker_stays_as_see_through_as_it_was(make: Make, name: str, alpha: int) -> None:
    frame = 10 if name == "drawn_sticker.tgs" else 0
    assert colour_at(make(name, "sticker")["playable"].path, 0.5, 0.5, frame)[3] == pytest.approx(alpha, abs=12)


def test_the_empty_half_of_a_film_sticker_stays_empty(make: Make) -> None:
    path = make("half_sticker.webm", "sticker")["playable"].path
    for frame in (0, 1):
        assert colour_at(path, 0.2, 0.5, frame)[3] == 0
        red, green, blue, alpha = colour_at(path, 0.8, 0.5, frame)
        assert (red < 40, green < 40, blue > 200, alpha) == (True, True, True, 255)


def test_a_drawn_sticker_moves_and_has_its_colours(make: Make) -> None:
    path = make("drawn_sticker.tgs", "sticker")["playable"].path
    assert colour_at(path, 0.2, 0.5, 0)[3] > 100
    assert colour_at(path, 0.2, 0.5, 19)[3] == 0
    # A half transparent red is as red as any other.
    assert colour_at(path, 0.2, 0.5, 0)[:3] == pytest.approx((255, 0, 0), abs=6)


def test_a_sticker_of_too_many_frames_ends_early(make: Make) -> None:
    path = make("crowd.png", "sticker")["playable"].path
    assert path is not None
    with Image.open(path) as image:
        assert 1 < getattr(image, "n_frames", 1) <= 200


@pytest.mark.parametrize(
    "changes",
    [
        {"assets": [{"id": "i", "w": 9, "h": 9, "u": "/etc/", "p": "hostname", "e": 0}]},
        {"assets": [{"id": "i", "w": 9, "h": 9, "u": "", "p": "data:image/png;base64,AAAA", "e": 1}]},
        {"layers": [{"ty": 2, "refId": "i"}]},
        {"op": 1_000_000},
        {"w": 1_000_000},
        {"fr": 0},
        {"fr": 1e300},
        {"layers": None},
    ],
)
def test_a_drawing_that_asks_for_more_than_drawing_is_refused_by_name(
    tmp_path: Path, workplace: Place, changes: dict[str, Any]
) -> None:
    assert refuse(tmp_path, workplace, draw_ball(**changes)) is Reason.ANIMATED_STICKER


@pytest.mark.parametrize("drawing", [[], 7, {"layers": []}, draw_ball(w="x"), draw_ball(op=None), draw_ball(fr=1e999)])
def test_a_drawing_that_is_none_is_refused(tmp_path: Path, workplace: Place, drawing: Any) -> None:
    assert refuse(tmp_path, workplace, drawing) in (Reason.UNREADABLE, Reason.ANIMATED_STICKER)


def test_a_drawing_that_draws_itself_brings_down_its_program_alone(tmp_path: Path, workplace: Place) -> None:
    itself = {"ty": 0, "refId": "a", "ip": 0, "op": 60, "ks": {}}
    drawing = draw_ball(assets=[{"id": "a", "layers": [itself]}], layers=[itself])
    assert refuse(tmp_path, workplace, drawing) is Reason.UNREADABLE


def test_a_drawing_of_ten_million_balls_is_refused_within_its_limits(tmp_path: Path, workplace: Place) -> None:
    drawing = draw_ball()
    drawing["layers"][0]["shapes"].append({**MANY, "tr": STEP})
    assert refuse(tmp_path, workplace, drawing) in (Reason.TOO_MUCH_WORK, Reason.UNREADABLE)


def refuse(folder: Path, workplace: Place, drawing: Any) -> Reason:
    write_sticker(folder / "drawing.tgs", drawing)
    with pytest.raises(Refused) as caught:
        prepare(folder / "drawing.tgs", "sticker", workplace("quick"))
    return caught.value.reason
