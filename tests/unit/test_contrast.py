"""The colours of static/css/tokens.css can be read and seen, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
AVATARS = [f"avatar-{number}" for number in range(1, 9)]
SURFACES = ("canvas", "bg", "panel", "hover", "selected", "bubble-in", "bubble-out")
TEXT_PAIRS = [
    *[(text, surface) for text in ("text", "muted") for surface in SURFACES],
    *[("faint", surface) for surface in ("bg", "panel", "bubble-in")],
    *[("link", surface) for surface in ("bg", "panel", "bubble-in", "bubble-out", "note-bg")],
    *[(text, "note-bg") for text in ("text", "note-text")],
    *[(colour, surface) for colour in ("danger", "warn", "ok") for surface in ("bg", f"{colour}-bg")],
    *[("text", f"{colour}-bg") for colour in ("danger", "warn", "ok")],
    *[("accent", surface) for surface in ("bg", "panel")],
    *[("on-accent", surface) for surface in ("accent", "accent-hover")],
    *[("on-avatar", avatar) for avatar in AVATARS],
]
CONTROL_PAIRS = [
    *[("input-border", surface) for surface in ("bg", "panel")],
    *[("accent", surface) for surface in SURFACES],
    *[("note-border", surface) for surface in ("note-bg", "canvas", "bg")],
    *[(colour, "canvas") for colour in ("danger", "warn", "ok")],
]


def read_block(selector: str) -> dict[str, str]:
    """The hex colours declared in the block of this selector."""
    start = TOKENS.index(selector + " {")
    block = TOKENS[start : TOKENS.index("}", start)]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block))


LIGHT = {**read_block("\n  :root"), **read_block(':root, [data-theme="light"]')}
DARK = {**read_block("\n  :root"), **read_block('\n  [data-theme="dark"]')}
AUTO = {**read_block("\n  :root"), **read_block('    [data-theme="auto"]')}
THEMES = {"light": LIGHT, "dark": DARK}


def linear(part: float) -> float:
    """One sRGB channel, 0 to 1, as light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of `#RRGGBB`."""
    red, green, blue = (linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "surface"), TEXT_PAIRS)
def test_text_stands_out_from_its_surface(theme: str, text: str, surface: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("control", "surface"), CONTROL_PAIRS)
def test_a_control_stands_out_from_its_surface(theme: str, control: str, surface: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[control], colours[surface]) >= 3


def test_the_automatic_theme_is_the_dark_one_at_night() -> None:
    assert AUTO == DARK


def test_both_themes_define_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
