"""What a page keeps from those who cannot see it well, as axe finds it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # published without types
from playwright.sync_api import Page

# Preloading, axe copies style sheets into inline styles, which the policy of the page refuses.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
# Labels and dialogs find by their id what they belong to: the first of two.
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, and ids that stand for two elements."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    grave = [rule for rule in found if rule["impact"] in GRAVE]
    told = [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in grave for node in rule["nodes"]]
    return told + [f"the id {each} twice" for each in page.evaluate(TWICE)]


def check(page: Page, where: str = "") -> None:
    assert [f"{where or page.url} {fault}" for fault in faults(page)] == []
