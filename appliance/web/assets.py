"""Addresses of static files that change with their content, so that browsers may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = 31_536_000


def asset(filename: str, plugin: str = "") -> str:
    """The address of a file in the core's static folder, or in a plugin's."""
    endpoint = f"{plugin}.static" if plugin else "static"
    folder = current_app.blueprints[plugin].static_folder if plugin else current_app.static_folder
    version = _version(Path(folder or "") / filename)
    return url_for(endpoint, filename=filename, v=version or None)


def keep_versioned(response: Response) -> Response:
    """A static file asked for with its version never changes; without one the browser asks again."""
    endpoint = request.endpoint or ""
    if response.status_code != 200 or not (endpoint == "static" or endpoint.endswith(".static")):
        return response
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    return response


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
