"""What one picture shows."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.picturing.steps import Step

WIDE, SMALL, NARROW = WIDTHS = (1440, 1024, 390)
THEMES = ("light", "dark")
LANGUAGES = ("en", "ru")


@dataclass(frozen=True)
class Picture:
    """`address` and typed words may name what the desk knows: `/t/{main}`. `whole`: as long as the page is, not only
    what fits on the screen. `who` looks: owner, anna (an agent), or nobody."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    who: str = "owner"
    whole: bool = False
    widths: tuple[int, ...] = WIDTHS
