"""A link as a picture for a phone's camera."""

from __future__ import annotations

import io

import segno

# Dark on white in both themes and on paper: not every camera reads it the other way round.
_DARK, _LIGHT, _BORDER = "#16202A", "#FFFFFF", 3


def as_address(link: str) -> str:
    """For an <img>; '' when there is no link."""
    if not link:
        return ""
    return str(segno.make(link, error="m").svg_data_uri(scale=6, border=_BORDER, dark=_DARK, light=_LIGHT))


def as_svg(link: str) -> bytes:
    """A file that stays sharp at any size."""
    made = io.BytesIO()
    segno.make(link, error="m").save(made, kind="svg", scale=10, border=_BORDER, dark=_DARK, light=_LIGHT)
    return made.getvalue()
