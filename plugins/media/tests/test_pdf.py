from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from appliance import Lane, MadeRendition, Prepared, Workplace
from appliance_media.reasons import Reason, Refused
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.looking import colour_at
from plugins.media.tests.paper import write_pdf

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]


def test_page_one_and_the_words_are_there_at_once(corpus: Corpus, workplace: Place) -> None:
    prepared = prepare(corpus["three_pages.pdf"], "document", workplace("quick"))
    thumbnail, page, words = prepared.renditions
    assert prepared.unfinished
    assert (thumbnail.kind, thumbnail.width, thumbnail.height) == ("thumbnail", 340, 480)
    assert (page.kind, page.width, page.height, page.data) == ("page-1", 1400, 1980, {"pages": 3})
    assert (words.kind, words.mime, words.data) == ("text", "text/plain", {"cut": False})


def test_further_pages_follow(corpus: Corpus, workplace: Place) -> None:
    prepared = prepare(corpus["three_pages.pdf"], "document", workplace("slow"))
    assert [made.kind for made in prepared.renditions] == ["page-2", "page-3"]
    assert not prepared.unfinished


def test_a_pdf_of_one_page_is_done_at_once(tmp_path: Path, workplace: Place) -> None:
    write_pdf(tmp_path / "one.pdf", 1)
    assert not prepare(tmp_path / "one.pdf", "document", workplace("quick")).unfinished


def test_pages_look_as_they_are_printed(make: Make) -> None:
    made = make("three_pages.pdf", "document")
    red, white = (255, 0, 0), (255, 255, 255)
    for role, corner in (("thumbnail", red), ("page-1", red), ("page-2", white)):
        path = made[role].path
        assert colour_at(path, 0.05, 0.02)[:3] == pytest.approx(corner, abs=8)
        assert path is not None
        with Image.open(path) as image:
            assert image.size == (made[role].width, made[role].height)
            assert image.format == "JPEG"


def test_the_words_of_all_pages_can_be_read(make: Make) -> None:
    path = make("three_pages.pdf", "document")["text"].path
    assert path is not None
    assert [line for line in path.read_text().split("\n") if line] == [f"This is page {n}" for n in (1, 2, 3)]


def test_of_a_book_the_first_twenty_pages_are_drawn(make: Make) -> None:
    made = make("book.pdf", "document")
    assert made["page-1"].data == {"pages": 23}
    assert {kind for kind in made if kind.startswith("page-")} == {f"page-{number}" for number in range(1, 21)}


@pytest.mark.parametrize("size", [(14400, 72), (72, 14400), (200000, 200000), (1, 1)])
def test_a_page_of_any_size_is_drawn_small(tmp_path: Path, workplace: Place, size: tuple[int, int]) -> None:
    write_pdf(tmp_path / "plan.pdf", 1, size)
    for made in prepare(tmp_path / "plan.pdf", "document", workplace("quick")).renditions:
        assert max(made.width or 0, made.height or 0) <= 1981


@pytest.mark.parametrize("name", ["locked.pdf", "broken.pdf"])
@pytest.mark.parametrize("lane", ["quick", "slow"])
def test_a_pdf_that_cannot_be_opened_is_just_a_file(corpus: Corpus, workplace: Place, name: str, lane: Lane) -> None:
    assert prepare(corpus[name], "document", workplace(lane)) == Prepared()


def test_without_poppler_it_can_be_tried_again_later(
    corpus: Corpus, workplace: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as caught:
        prepare(corpus["three_pages.pdf"], "document", workplace("quick"))
    assert caught.value.reason is Reason.PROGRAM_MISSING
