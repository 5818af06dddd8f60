"""Who works in the shop, besides the owner."""

from __future__ import annotations

from tests.harness.box import PASSWORD, Box

ANNA, BORIS = "anna", "boris"
NAMES = {ANNA: "Anna Petrova", BORIS: "Boris Orlov"}


def hire(box: Box) -> None:
    """Two agents; and replies leave at once, unless a test wants to take one back."""
    for login, name in NAMES.items():
        add_agent(box, login, name)
    box.command("set", "undo_seconds", "0")


def add_agent(box: Box, login: str, name: str) -> None:
    box.command("agent", "add", login, "--name", name, "--password-stdin", typed=f"{PASSWORD}\n")
