"""Variables and gaps of saved replies."""

from __future__ import annotations

import pytest

from appliance.services import reply_words

VALUES = {"customer.name": "Анна", "ticket.number": "1042", "field.order number": "A-7"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {{customer.name}}!", "Hello Анна!"),
        ("{{ клиент.имя | «здравствуйте» }}, № {{заявка.номер}}", "Анна, № 1042"),
        ("{{Customer.Name}}", "Анна"),
        ("{{field.Order  number}} {{поле.order number}}", "A-7 A-7"),
        ('{{customer.phone|"no phone"}}', "no phone"),
        ("{{customer.phone|«нет телефона»}}", "нет телефона"),
        ("{{customer.phone|“none”}}", "none"),
        ("{{customer.phone|none at all}}", "none at all"),
        ('Hello{{customer.phone|""}}!', "Hello!"),
        ("{{customer.phone|}}!", "!"),
        ("nothing {here}", "nothing {here}"),
    ],
)
def test_variables_are_filled_in(text: str, said: str) -> None:
    assert reply_words.fill(text, VALUES) == said


def test_what_is_not_known_becomes_a_gap() -> None:
    said = reply_words.fill("Call {{customer.phone}}, {{no.such}}", VALUES)
    assert reply_words.gaps(said) == ("customer.phone", "no.such")


def test_a_value_is_never_read_again() -> None:
    said = reply_words.fill("{{customer.name}}", {"customer.name": "{{ticket.number}} [[x]]", "ticket.number": "7"})
    assert said == "{{ticket.number}} [x]"
    assert reply_words.gaps(said) == ()


def test_gaps_are_found_in_order() -> None:
    assert reply_words.gaps("The [[model]] costs [[ sum ]] [[]] [one] [[two\nlines]]") == ("model", "sum")


def test_slips_of_the_pen_are_found() -> None:
    assert reply_words.unknown("{{customer.nam}} {{клиент.имя}} {{field.any}} {{field.}}") == ("customer.nam", "field.")
