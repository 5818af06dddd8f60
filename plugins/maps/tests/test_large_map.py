"""The large map: a dialog over the page, by mouse and by keyboard, that follows the small one."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Locator, Page, expect

from plugins.maps.tests.map_pages import MAP, PAGE, Origin, browser, desk, page, wait_for_outline

__all__ = ["browser", "desk", "page"]
LARGE = """<large-map><button type="button" aria-haspopup="dialog">Large map</button><template>
<dialog class="maps-dialog maps-place" aria-label="Map: Anna"><button type="button" class="maps-close" data-close>Close
</button>{map}<div class="maps-details"><p>Saint Petersburg</p></div></dialog></template></large-map>"""


@pytest.fixture
def dialog(page: Page, desk: Origin) -> Locator:
    """Opened by keyboard."""
    small = MAP.format(more="")
    inner = (
        small.removeprefix('<div class="maps-place">')
        .removesuffix("</div>")
        .replace("<location-map", "<location-map free")
    )
    content = small.removesuffix("</div>") + LARGE.format(map=inner) + "</div>"
    desk.page = PAGE.format(content=content)
    page.goto(desk.address)
    wait_for_outline(page)
    page.get_by_role("button", name="Large map").focus()
    page.keyboard.press("Enter")
    found = page.get_by_role("dialog", name="Map: Anna")
    expect(found).to_be_visible()
    found.locator("path.land").nth(239).wait_for(state="attached")
    return found


def test_escape_closes_it_and_goes_back_to_the_button(page: Page, dialog: Locator) -> None:
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Large map")).to_be_focused()


def test_its_button_closes_it(page: Page, dialog: Locator) -> None:
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_it_is_drawn_with_the_pin_in_the_middle_and_the_towns(dialog: Locator) -> None:
    frame, pin = dialog.locator("location-map").bounding_box(), dialog.locator(".pin").bounding_box()
    assert frame is not None
    assert pin is not None
    assert pin["x"] + 16 == pytest.approx(frame["x"] + frame["width"] / 2, abs=2)
    assert frame["width"] > 700
    expect(dialog.locator(".town")).to_have_count(1)


def test_it_follows_a_live_location(page: Page, dialog: Locator) -> None:
    small = page.locator(".maps-place > location-map").first
    small.evaluate("map => { map.setAttribute('lat', '59.5'); map.setAttribute('heading', '80') }")
    expect(dialog.locator("location-map")).to_have_attribute("lat", "59.5")
    expect(dialog.locator(".arrow")).to_have_attribute("transform", "rotate(80 16 14.5)")


def test_on_a_phone_it_fills_the_screen(page: Page, dialog: Locator) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(dialog).to_have_js_property("offsetWidth", 390)
    expect(dialog).to_have_js_property("offsetHeight", 844)
    close = dialog.get_by_role("button", name="Close").bounding_box()
    assert close is not None
    assert close["height"] >= 44


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_screen_reader_can_read_it_and_weak_eyes_can_see_it(page: Page, dialog: Locator, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    # Preloading, axe copies style sheets into inline styles, which the policy of the page refuses.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
    assert dialog.is_visible()
