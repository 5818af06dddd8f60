"""Where the release keeps what it ships; the owner's data is Config's business."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
RELEASE = PACKAGE.parent
TEMPLATES = RELEASE / "templates"
STATIC = RELEASE / "static"
PLUGINS = RELEASE / "plugins"
MANUAL = RELEASE / "docs" / "manual"
TRANSLATIONS = PACKAGE / "translations"
MIGRATIONS = PACKAGE / "migrations"
