"""Addresses of static files that change with their content, so that browsers may keep them for a year.

Scripts and styles come in bundles (scripts/bundle): a page that asks for a hundred of them one by one is slow, and so
is the small box that answers. With APPLIANCE_UNBUNDLED=1 pages load the sources, for those who work on them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = 31_536_000
BUNDLES = "bundles"
UNBUNDLED = "UNBUNDLED"


def asset(filename: str, plugin: str = "") -> str:
    """The address of a file in the core's static folder, or in a plugin's."""
    endpoint = f"{plugin}.static" if plugin else "static"
    folder = current_app.blueprints[plugin].static_folder if plugin else current_app.static_folder
    bundle = None if current_app.config.get(UNBUNDLED) else bundles(Path(folder or "")).get(filename)
    if bundle:
        return url_for(endpoint, filename=f"{BUNDLES}/{bundle}")
    version = _version(Path(folder or "") / filename)
    return url_for(endpoint, filename=filename, v=version or None)


def keep_versioned(response: Response) -> Response:
    """A static file asked for with its version never changes; without one the browser asks again."""
    endpoint = request.endpoint or ""
    if response.status_code != 200 or not (endpoint == "static" or endpoint.endswith(".static")):
        return response
    # A bundle is named by what is in it.
    is_named = bool(request.args.get("v")) or str((request.view_args or {}).get("filename")).startswith(f"{BUNDLES}/")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_named else "no-cache"
    return response


@cache
def bundles(folder: Path) -> Mapping[str, str]:
    """The bundles of a static folder by what they are of; none for most plugins."""
    manifest = folder / BUNDLES / "manifest.json"
    if not manifest.is_file():
        return {}
    known: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["entries"]
    return known


def init_app(app: Flask) -> None:
    app.add_template_global(asset, "asset")
    app.after_request(keep_versioned)


def _version(file: Path) -> str:
    try:
        known = file.stat()
    except OSError:
        return ""
    return _hash(file, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=512)
def _hash(file: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
