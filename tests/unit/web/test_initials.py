"""Two letters for an avatar."""

from __future__ import annotations

import pytest

from appliance.web.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Kovalyova", "AK"),
        ("Dzhamal", "DZ"),
        ("Клиент 7281", "К7"),
        ("ООО «Север»", "ОС"),
        ("👻", "?"),
        ("", "?"),
        ("(mr) X", "MX"),
    ],
)
def test_a_name_becomes_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters
