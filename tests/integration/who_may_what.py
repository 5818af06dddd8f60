"""Who may what: a line for each endpoint, read by test_who_may_what.py, which asks them all.

A rule names the least role, then what the address names, in its order. `sent` is what a form posts and `asked` what
stands behind the address's question mark; {words} in them are things of the box of two_teams.py, as in the addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOBODY, AGENT, MANAGER, OWNER = "nobody", "agent", "manager", "owner"
ROLES = (NOBODY, AGENT, MANAGER, OWNER)


@dataclass(frozen=True)
class Rule:
    """`answer`: what even whoever may gets here, where nothing stands behind the address in a test. `mild`: who names
    what is not theirs is sent back to the page, and nothing is done. `noted`: that somebody asked is written down."""

    least: str
    names: tuple[str, ...] = ()
    sent: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    answer: int = 0
    mild: bool = False
    noted: bool = False

    @property
    def mentions(self) -> set[str]:
        """Things in the form, or behind the question mark, and not in the address."""
        texts = [str(text) for text in (*self.sent.values(), *self.asked.values())]
        return {name for text in texts for name in re.findall(r"{(\w+)}", text)} - {*self.names}

    def admits(self, role: str) -> bool:
        return ROLES.index(role) >= ROLES.index(self.least)


def anybody(*names: str, **more: Any) -> Rule:
    return Rule(NOBODY, names, **more)


def staff(*names: str, **more: Any) -> Rule:
    return Rule(AGENT, names, **more)


def managers(*names: str, **more: Any) -> Rule:
    return Rule(MANAGER, names, **more)


def owners(*names: str, **more: Any) -> Rule:
    return Rule(OWNER, names, **more)
