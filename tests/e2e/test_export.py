"""An accountant takes what was done home as a file, and a spreadsheet in Russian opens it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.staff import Staff

AMOUNT = "Сумма счёта"


@pytest.fixture
def staff(shop: Shop) -> Iterator[Staff]:
    with shop.hire() as hired:
        yield hired


@pytest.fixture
def amount(staff: Staff) -> Iterator[int]:
    """A field of money; retired afterwards, for the shop is every test's."""
    field = int(staff.do("define", name=AMOUNT, kind="money"))
    yield field
    staff.do("retire", field=field)


def test_what_was_done_is_a_file_that_a_russian_spreadsheet_opens(
    shop: Shop, browsers: Browsers, staff: Staff, amount: int
) -> None:
    tickets = [open_ticket(shop, name, f"Счёт; {name}", language="ru")[1] for name in ("Игорь", "Ёлка", "Юлия")]
    for ticket in tickets:
        staff.do("tag", ticket=ticket, names=["к оплате"])
        staff.do("fill", ticket=ticket, field=amount, text="4390,5")
    for ticket in tickets[:2]:
        staff.do("finish", ticket=ticket)
    desk = browsers.open(OWNER, locale="ru-RU")
    page = desk.page
    page.goto("/inbox?tab=done&tag=к+оплате")
    expect(page.locator("#rows li[data-ticket]")).to_have_count(2)
    shown = page.locator("#rows li[data-ticket]").evaluate_all("rows => rows.map((row) => row.dataset.ticket)")
    page.locator("details", has=page.locator("a[href*='export.csv']")).locator("summary").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    content = coming.value.path().read_bytes()
    # Without it, Excel takes Cyrillic for something else.
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Номер"] for row in rows] == shown
    assert {row["Клиент"] for row in rows} == {"Игорь", "Ёлка"}
    assert {row[AMOUNT] for row in rows} == {"4390,50"}
    assert rows[0]["Тема"].startswith("Счёт; ")
