"""Long texts are cut where a reader would pause; nothing but white space is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance import Entity
from appliance_telegram.text_splitting import split_text
from appliance_telegram.units import count_units


def words(text: str, limit: int) -> list[str]:
    return [piece for piece, _ in split_text(text, (), limit)]


def test_a_short_text_stays_whole() -> None:
    assert words("hello\n\nthere", 20) == ["hello\n\nthere"]


def test_it_cuts_between_paragraphs_rather_than_lines() -> None:
    assert words("one one one one\n\ntwo\ntwo two", 22) == ["one one one one", "two\ntwo two"]


def test_it_cuts_between_sentences_rather_than_words() -> None:
    assert words("One is here now. Two is there too", 24) == ["One is here now.", "Two is there too"]


def test_it_cuts_a_word_only_if_it_must() -> None:
    assert words("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_it_counts_in_utf16_units() -> None:
    pieces = words("💧" * 10, 7)
    assert [count_units(piece) for piece in pieces] == [6, 6, 6, 2]


def test_it_does_not_take_an_emoji_apart() -> None:
    family = "👨\u200d👩\u200d👧"
    assert words(family * 4, 20) == [family * 2, family * 2]


def test_a_blank_text_has_no_pieces() -> None:
    assert words(" \n\t ", 10) == []


def test_formatting_continues_in_the_next_piece() -> None:
    pieces = split_text("plain bold bold bold plain", (Entity("bold", 6, 14),), 12)
    assert pieces == [
        ("plain bold", (Entity("bold", 6, 4),)),
        ("bold bold", (Entity("bold", 0, 9),)),
        ("plain", ()),
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab 💧é\n.\u200d👍🏽", max_size=200), st.integers(4, 40))
def test_every_piece_fits_and_every_letter_stays(text: str, limit: int) -> None:
    pieces = words(text, limit)
    assert all(0 < count_units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
