"""The README names everything the control client can do."""

from __future__ import annotations

import re
from pathlib import Path

from appliance_sandbox.control import Control, Phone

WORDS = set(re.findall(r"[a-z_]+", (Path(__file__).parent.parent / "README.md").read_text("utf-8")))
OWN_BUSINESS = {"ask", "close"}


def test_every_command_is_in_the_readme() -> None:
    for kind in (Control, Phone):
        commands = {name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))}
        assert commands - WORDS - OWN_BUSINESS == set()
