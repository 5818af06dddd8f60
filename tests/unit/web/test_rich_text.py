"""Formatted text as HTML that cannot do anything."""

from __future__ import annotations

import pytest

from appliance.values import Entity
from appliance.web.rich_text import rich_text


def test_every_letter_is_escaped() -> None:
    assert rich_text('<script>alert("x")</script> & co') == "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; co"


def test_formatting_nests() -> None:
    made = rich_text("all bold here", [Entity("bold", 0, 13), Entity("italic", 4, 4)])
    assert made == "<strong>all <em>bold</em> here</strong>"


def test_offsets_count_code_points() -> None:
    assert rich_text("👍🏽 ok", [Entity("bold", 3, 2)]) == "👍🏽 <strong>ok</strong>"


def test_what_overlaps_is_cut_at_its_parents_end() -> None:
    made = rich_text("abcdef", [Entity("bold", 0, 4), Entity("italic", 2, 4)])
    assert made == "<strong>ab<em>cd</em></strong>ef"


@pytest.mark.parametrize(
    "entity", [Entity("bold", 9, 1), Entity("bold", -1, 2), Entity("bold", 0, 0), Entity("odd", 0, 2)]
)
def test_what_does_not_fit_is_left_out(entity: Entity) -> None:
    assert rich_text("text", [entity]) == "text"


def test_an_entity_longer_than_the_text_ends_with_it() -> None:
    assert rich_text("text", [Entity("bold", 2, 99)]) == "te<strong>xt</strong>"


def test_a_link_opens_elsewhere_and_tells_nothing_of_us() -> None:
    made = rich_text("shop", [Entity("link", 0, 4, "https://shop.example/?a=1&b=2")])
    assert made == (
        '<a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">shop</a>'
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "JAVASCRIPT:x", "//evil"]
)
def test_an_address_that_could_run_stays_text(address: str) -> None:
    assert rich_text("word", [Entity("link", 0, 4, address)]) == "word"


def test_plain_addresses_become_links_without_their_full_stop() -> None:
    made = rich_text("see https://shop.example/5518, please")
    assert 'href="https://shop.example/5518"' in made
    assert made.endswith("</a>, please")


def test_an_address_cannot_leave_its_attribute() -> None:
    made = rich_text('https://shop.example/"onmouseover="x')
    assert 'href="https://shop.example/"' not in made or "onmouseover=&#34;x" in made
    assert '"onmouseover=' not in made


def test_code_is_taken_literally() -> None:
    assert rich_text("https://a.example", [Entity("code", 0, 17)]) == "<code>https://a.example</code>"
