"""A saved reply's words as pages show them: what is still to be filled in is marked."""

from __future__ import annotations

import re

from flask import Blueprint
from markupsafe import Markup, escape

_GAP = re.compile(r"(\[\[[^\[\]\n]+\]\])")


def offer(blueprint: Blueprint) -> None:
    blueprint.add_app_template_filter(with_gaps, "with_gaps")


def with_gaps(text: str) -> Markup:
    """Escaped text whose gaps stand in <mark>."""
    pieces = enumerate(_GAP.split(text))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if place % 2 else escape(piece) for place, piece in pieces
    )
