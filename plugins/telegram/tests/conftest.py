"""Shared by the plugin's tests: the plugin is importable from its folder, installed or not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("appliance_telegram") is None:
    sys.path.append(str(Path(__file__).parents[1]))
