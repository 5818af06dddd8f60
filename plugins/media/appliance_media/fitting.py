"""How large things stand in a bubble, known before they are loaded: nothing moves when they come."""

from __future__ import annotations

WIDEST, HIGHEST = 320, 400


def fit(width: int, height: int, widest: int = WIDEST, highest: int = HIGHEST) -> tuple[int, int]:
    """Width and height in CSS pixels, inside the frame, in proportion, never larger than the thing itself."""
    scale = min(1, widest / width, highest / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
