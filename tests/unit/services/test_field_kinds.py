"""What people write into fields, what is kept of it, and how it is shown."""

from __future__ import annotations

import pytest

from appliance.services.field_kinds import Kept, ValueRefused, read, show


@pytest.mark.parametrize(
    ("kind", "text", "language", "kept"),
    [
        ("text", "  К-220\n белый ", "ru", Kept("К-220 белый")),
        ("text", "", "ru", Kept("")),
        ("number", "12,5", "ru", Kept("12.5", 12.5)),
        ("number", "1 234,50", "ru", Kept("1234.5", 1234.5)),
        ("number", "1,234", "en", Kept("1234", 1234.0)),
        ("number", "1,234", "ru", Kept("1.234", 1.234)),
        ("number", "1.234,5", "ru", Kept("1234.5", 1234.5)),
        ("number", "1,234.5", "en", Kept("1234.5", 1234.5)),
        ("number", "\u22123", "en", Kept("-3", -3.0)),
        ("number", "-0", "en", Kept("0", 0.0)),
        ("number", "100", "en", Kept("100", 100.0)),
        ("money", "4390", "ru", Kept("4390.00", 4390.0)),
        ("money", "4 390,50 ₽", "ru", Kept("4390.50", 4390.5)),
        ("money", "$4,390", "en", Kept("4390.00", 4390.0)),
        ("date", "2026-01-31", "en", Kept("2026-01-31", 20484.0)),
        ("date", "31.1.26", "ru", Kept("2026-01-31", 20484.0)),
        ("date", "1970-01-02", "en", Kept("1970-01-02", 1.0)),
        ("choice", "самовывоз", "ru", Kept("Самовывоз")),
    ],
)
def test_it_is_kept_in_one_form_however_it_was_written(kind: str, text: str, language: str, kept: Kept) -> None:
    assert read(kind, text, ["Курьер", "Самовывоз"], language) == kept


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "x" * 501, "too_long"),
        ("number", "many", "not_a_number"),
        ("number", "1-2", "not_a_number"),
        ("number", "1.2.3,", "not_a_number"),
        ("number", "٣", "not_a_number"),
        ("number", "NaN", "not_a_number"),
        ("number", "1" * 13, "too_large"),
        ("number", "0.1234567", "too_fine"),
        ("money", "4,399", "too_fine"),
        ("date", "31.02.2026", "not_a_date"),
        ("date", "soon", "not_a_date"),
        ("choice", "drone", "not_a_choice"),
    ],
)
def test_it_refuses_what_is_none(kind: str, text: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        read(kind, text, ["courier"], "ru")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "value", "language", "shown"),
    [
        ("money", "4390.00", "ru", "4\u00a0390\u00a0₽"),
        ("money", "4390.50", "ru", "4\u00a0390,50\u00a0₽"),
        ("money", "4390.00", "en", "4,390\u00a0₽"),
        ("number", "1234.5", "ru", "1\u00a0234,5"),
        ("number", "1234.5", "en", "1,234.5"),
        ("text", "К-220", "ru", "К-220"),
        ("number", "", "ru", ""),
    ],
)
def test_it_is_shown_as_the_reader_writes_it(kind: str, value: str, language: str, shown: str) -> None:
    assert show(kind, value, language, "RUB") == shown


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("kind", "value"), [("money", "1234567.00"), ("money", "-4390.05"), ("number", "1234.567"), ("number", "1234")]
)
def test_what_is_shown_can_be_written_again(kind: str, value: str, language: str) -> None:
    assert read(kind, show(kind, value, language, "EUR"), [], language).value == value
