"""What reads the same is the same to the search."""

from __future__ import annotations

import unicodedata

import pytest

from appliance.services import search_words
from appliance.services.search_query import parse
from appliance.services.search_snippets import mark, snippet


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ЕЩЁ", "еще"),
        ("Café", "cafe"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        (unicodedata.normalize("NFD", "Йод"), "йод"),
    ],
)
def test_case_yo_and_accents_make_no_difference(one: str, other: str) -> None:
    assert search_words.normalise(one) == other


def test_a_short_i_stays_a_letter_of_its_own() -> None:
    assert search_words.normalise("мой") != search_words.normalise("мои")


@pytest.mark.parametrize("forms", [("заявка", "заявками", "заявку"), ("order", "orders", "ordered"), ("счёт", "счета")])
def test_forms_of_a_word_share_their_stem(forms: tuple[str, ...]) -> None:
    assert len({search_words.stem(search_words.normalise(form)) for form in forms}) == 1


@pytest.mark.parametrize("written", ["К-220", "К220", "к–220", "К/220"])
def test_an_order_number_is_kept_without_its_signs(written: str) -> None:
    assert "к220" in search_words.index_text([written]).split()


@pytest.mark.parametrize("written", ["8 (916) 123-45-67", "+7 916 123 45 67", "89161234567"])
def test_a_phone_in_a_text_is_kept_as_its_digits(written: str) -> None:
    kept = search_words.index_text([f"Звоните: {written}."]).split()
    assert {"79161234567", "9161234567"} <= set(kept)


def test_a_card_phone_is_found_by_its_end() -> None:
    assert search_words.phone_words("+7 916 123-45-67") == {"79161234567", "9161234567", "1234567", "4567"}


def test_words_keep_their_order_for_phrases() -> None:
    assert search_words.index_text(["Пришла не та модель"]).startswith("пришла не та модель")


def test_nothing_that_is_typed_becomes_an_operator() -> None:
    assert parse("; DROP* OR NEAR( ^a:b").expression() == '"drop" * AND "or" * AND "near" * AND ("a b" * OR "ab" *)'


def test_a_query_without_a_word_asks_for_nothing() -> None:
    assert not parse(' "" - ** ')


@pytest.mark.parametrize("typed", ["1042", "№1042", "# 1042", " № 1042 "])
def test_a_number_may_be_a_ticket(typed: str) -> None:
    assert parse(typed).number == 1042


def test_an_eight_before_a_phone_is_a_seven() -> None:
    assert parse("8 916 123-45-67").phones == ("79161234567",)
    assert parse("8 916 12").phones == ("891612", "791612")


def test_the_words_are_marked_in_another_form_too() -> None:
    pieces = snippet("Ещё одна заявка на ремонт", parse("еще заявками"))
    assert [piece.text for piece in pieces if piece.marked] == ["Ещё", "заявка"]
    assert "".join(piece.text for piece in pieces) == "Ещё одна заявка на ремонт"


def test_a_number_is_marked_however_it_is_written() -> None:
    assert [piece.text for piece in mark("Заказ К-220, не 5220", parse("к220")) if piece.marked] == ["К-220"]
    found = mark("Тел. 8 (916) 123-45-67", parse("+79161234567"))
    assert [piece.text for piece in found if piece.marked] == ["916) 123-45-67"]


def test_a_long_text_is_cut_around_the_word() -> None:
    pieces = snippet("слово " * 200 + "договор подписан " + "хвост " * 200, parse("договор"))
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("…")
    assert text.endswith("…")
    assert "договор подписан" in text
    assert len(text) < 300


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["w", "я", "7", "-", "a-", "7 ", "+7 ( ", "e\u0301", "w_", "1a", "ing", "0-", "7" * 15 + " "], ids=ascii
)
def test_no_text_keeps_the_process_standing(text: str) -> None:
    """While an expression runs nothing else of the process does: a minute of that, and it is taken for dead."""
    hostile = (text * search_words.MOST)[: search_words.MOST]
    for shape in (hostile, hostile + "!", "#" + hostile):
        search_words.index_text([shape])
        search_words.numbers(shape)
