"""Who works in the shop, besides the owner."""

from __future__ import annotations

from tests.harness.box import PASSWORD, Box

ANNA, BORIS = "anna", "boris"
NAMES = {ANNA: "Anna Petrova", BORIS: "Boris Orlov"}


def hire(box: Box) -> None:
    """Two agents; and replies leave at once, unless a test wants to take one back."""
    for login, name in NAMES.items():
        box.command("agent", "add", login, "--name", name, "--password-stdin", typed=f"{PASSWORD}\n")
    box.command("set", "undo_seconds", "0")
