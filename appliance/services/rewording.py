"""A list of words that a person edited: which of them is only worded anew, so that what uses it can follow."""

from __future__ import annotations

from collections.abc import Sequence


def reworded(old: Sequence[str], wanted: Sequence[str]) -> tuple[str, str] | None:
    """(what it was, what it is): one word at one place changed. None when anything else happened."""
    changed = [(was, is_now) for was, is_now in zip(old, wanted, strict=False) if was != is_now]
    if len(old) != len(wanted) or len(changed) != 1 or changed[0][1] in old:
        return None
    return changed[0]
