"""What the box says by itself."""

from __future__ import annotations

import pytest

from appliance.services import settings, texts
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk


def said(language: str, **chosen: str) -> str:
    return texts.for_customer(chosen, texts.ACKNOWLEDGEMENT, language, number=1001)


def test_it_speaks_the_customers_language(desk: Desk) -> None:
    assert said("en-GB").startswith("Got it")
    assert "1001" in said("en")


@pytest.mark.parametrize(("company", "start"), [("en", "Got it"), ("ru", "Приняли")])
def test_it_falls_back_to_the_companys_language(desk: Desk, company: str, start: str) -> None:
    settings.set("language", company, SYSTEM)
    assert said("de").startswith(start)
    assert said("").startswith(start)


def test_the_owners_own_text_wins(desk: Desk) -> None:
    assert said("ru", ru="Заявка {number} у нас") == "Заявка 1001 у нас"


def test_a_text_in_another_language_does_not_stand_in(desk: Desk) -> None:
    assert said("en", ru="Заявка {number} у нас").startswith("Got it")
