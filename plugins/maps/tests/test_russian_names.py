"""Which names are taken for Russian when the file of towns is made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

from russian_names import Named, find_russian_name, list_candidates, write_in_latin


def name(latin: str, country: str, *others: str) -> str | None:
    return find_russian_name(Named(1, latin, country, others))


@pytest.mark.parametrize(
    ("latin", "country", "others", "russian"),
    [
        ("Kazan", "RU", ("Казан", "Казань", "Кузон"), "Казань"),
        ("Izhevsk", "RU", ("Иж", "Ижевск", "Ижкар"), "Ижевск"),
        ("Yakutsk", "RU", ("Дьокуускай",), None),
        ("Kolomna", "RU", ("Коломьна", "Коломна"), "Коломна"),
        ("Orël", "RU", ("Орел", "Орёл"), "Орёл"),
        ("Zboriv", "UA", ("Зборів", "Зборов"), "Зборов"),
        ("Odesa", "UA", ("Одеса",), None),
        ("Asyqata", "KZ", ("Асыката", "Асықата", "Кировский"), None),
        ("Pavlodar", "KZ", ("Павлодар",), "Павлодар"),
        ("Urganch", "UZ", ("Урганч",), None),
        ("Bonn", "DE", ("Бонн",), "Бонн"),
        ("Lublin", "PL", ("Лублин", "Люблин"), None),
        ("Novi Sad", "RS", ("Нови Сад",), None),
        ("Tangshan", "CN", ("Тангшан",), None),
        ("Söke", "TR", ("Соьке",), None),
        ("Essen", "DE", ("Ессен",), None),
    ],
)
def test_only_a_certain_name_is_taken(latin: str, country: str, others: tuple[str, ...], russian: str | None) -> None:
    assert name(latin, country, *others) == russian


def test_what_cldr_says_wins() -> None:
    assert find_russian_name(Named(1, "Oral", "KZ", ("Орал",)), "Уральск") == "Уральск"


def test_names_in_other_letters_are_no_candidates() -> None:
    assert list_candidates(["Київ", "Москъва", "Смоленськ", "Toshkent", "тошкент", "Тверь"]) == ["Тверь"]


def test_letters_are_written_as_atlases_do() -> None:
    assert write_in_latin("Екатеринбург") == "yekaterinburg"
    assert write_in_latin("Щёлково") == "shchyolkovo"
