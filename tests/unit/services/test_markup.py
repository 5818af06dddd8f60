"""Formatting as staff type it: read, written back, and left alone where it means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.services.markup import read_marks, write_marks
from appliance.values import Entity

# Words in which marks, links and backslashes meet in every way.
PIECES = [
    "a", "b c", " ", "\n", "\\", "*", "**", "***", "_", "__", "~~", "`", "``", "```", "[", "]", "](", ")", "й", "💧",
    "[x](https://a.b)", "(https://a.b/__c__)", "https://a.b/__c__d", "[**x**](mailto:a@b.c)", "[x](javascript:y)",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("marked", "plain", "entities"),
    [
        ("**now**", "now", [("bold", 0, 3)]),
        ("come __at once__!", "come at once!", [("italic", 5, 7)]),
        ("~~10~~ 8 €", "10 8 €", [("strikethrough", 0, 2)]),
        ("press `F 5`", "press F 5", [("code", 6, 3)]),
        ("so:\n```\nls **\n```\nthen", "so:\nls **\nthen", [("pre", 4, 5)]),
        ("**a __b__**", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("💧 **b**", "💧 b", [("bold", 2, 1)]),
    ],
)
def test_it_reads_what_staff_type(marked: str, plain: str, entities: list[tuple[str, int, int]]) -> None:
    assert read_marks(marked) == (plain, tuple(Entity(*entity) for entity in entities))


def test_it_reads_a_link_with_formatted_words() -> None:
    assert read_marks("see [the **map**](https://a.b/c_(d))") == (
        "see the map",
        (Entity("link", 4, 7, "https://a.b/c_(d)"), Entity("bold", 8, 3)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "2 ** 3",
        "a **b",
        "****",
        "***x***",
        "a_b__c__d",
        "`one\ntwo`",
        "[x](javascript:alert)",
        "[x](https://)",
        "[ ](https://a.b)",
        "https://a.b/__c__/d",
        "C:\\old\\[new]",
        "\\\\server\\share",
        "** **",
        "``` ```",
    ],
)
def test_what_is_odd_or_not_closed_stays_as_it_is(text: str) -> None:
    assert read_marks(text) == (text, ())


def test_nothing_inside_code_is_read() -> None:
    assert read_marks("`**a** [x](https://a.b)`") == ("**a** [x](https://a.b)", (Entity("code", 0, 22),))


def test_a_backslash_takes_a_marks_meaning_away() -> None:
    assert read_marks(r"\**a**") == ("**a**", ())
    assert read_marks(r"\\**a**") == ("\\a", (Entity("bold", 1, 1),))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_was_read_is_written_so_that_it_reads_the_same(text: str) -> None:
    plain, entities = read_marks(text)
    assert read_marks(write_marks(plain, entities)) == (plain, entities)


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text(max_size=40))
def test_plain_words_are_written_so_that_they_stay_plain(text: str) -> None:
    assert read_marks(write_marks(text, ())) == (text, ())


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_whatever_formatting_comes_along_the_words_are_kept(text: str, data: st.DataObject) -> None:
    kinds = st.sampled_from(["bold", "italic", "strikethrough", "code", "pre", "link", "underline"])
    number = st.integers(0, max(0, len(text)))
    made = st.builds(Entity, kinds, number, number, st.sampled_from(["", "https://a.b", "javascript:x", "https://(("]))
    entities = data.draw(st.lists(made, max_size=4))
    plain, kept = read_marks(write_marks(text, entities))
    assert plain == text
    assert {entity.kind for entity in kept} <= {entity.kind for entity in entities}


@pytest.mark.parametrize("sign", ["[", "`", "**", "__a ", "[x](https://", "\\**", "**a ~~b __c "])
def test_a_long_text_of_signs_is_read_to_its_end(sign: str) -> None:
    plain, _ = read_marks(sign * (20_000 // len(sign)))
    assert len(plain) > 1000
