"""Filters as addresses and saved views carry them."""

from __future__ import annotations

import pytest

from appliance.services.filters import MOST, Filters, says_something


def test_an_address_comes_back_as_it_was() -> None:
    pairs = [
        ("tab", "all"),
        ("tag", "3"),
        ("tag", "5"),
        ("assignee", "none"),
        ("field-7", "red"),
        ("field-8-from", "2026-02-01"),
    ]
    read = Filters.read(pairs)
    assert list(read.pairs()) == pairs
    assert read.values("tag") == ("3", "5")
    assert Filters.from_json(read.as_json()) == read


@pytest.mark.parametrize(
    "pair",
    [
        ("tab", "nowhere"),
        ("assignee", "1 or 1=1"),
        ("assignee", "٣"),
        ("team", "9" * 30),
        ("due", "never"),
        ("created_from", "2026-02-31"),
        ("created_to", "20260201"),
        ("priority", "high"),
        ("field-x", "1"),
        ("field-0", "1"),
        ("field-7-from", "cheap"),
        ("field-7-to", "1e9"),
        ("field-7-until", "1"),
        ("tag", ""),
        ("tag", "x" * 61),
        ("shelf", "spam"),
    ],
)
def test_what_is_no_filter_is_left_out(pair: tuple[str, str]) -> None:
    assert Filters.read([pair]) == Filters()


@pytest.mark.parametrize(
    "stored", [None, [], "x", {"chosen": 3}, {"chosen": [["tag"], 7, ["tag", 5], ["tag", "5", "6"]]}]
)
def test_a_damaged_view_is_an_empty_one(stored: object) -> None:
    assert Filters.from_json(stored) == Filters()


def test_an_address_has_an_end() -> None:
    assert len(Filters.read([("tag", str(number)) for number in range(1000)]).chosen) == MOST


def test_the_same_filter_twice_is_one() -> None:
    assert Filters.read([("tag", "5"), ("tag", " 5 ")]).chosen == (("tag", "5"),)


def test_a_filter_can_be_taken_away() -> None:
    chosen = Filters("all", (("tag", "5"), ("tag", "6")))
    assert chosen.without("tag", "5").chosen == (("tag", "6"),)


def test_an_address_that_names_a_view_alone_says_nothing_of_its_own() -> None:
    assert not says_something([("view", "3"), ("sort", "newest")])
    assert says_something([("view", "3"), ("tab", "all")])
