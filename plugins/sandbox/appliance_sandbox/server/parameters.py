"""The parameters of a request: JSON, form or multipart, numbers as text, objects as JSON in text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Request
from werkzeug.datastructures import FileStorage

from appliance_sandbox.server.errors import bad_request


class Parameters:
    """Values by name, read as the type the method wants; a value of another type is a 400."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, FileStorage] | None = None) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self.uploads = dict(uploads or {})

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self.uploads

    def text(self, name: str) -> str:
        """Empty when it is not there."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self._values.get(name, "")
        if value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"field {name} must be an Integer") from None

    def decimal(self, name: str, default: float = 0.0) -> float:
        value = self._values.get(name, "")
        if value == "":
            return default
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f"field {name} must be a Number") from None

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        return value.lower() in {"true", "yes", "1"} if isinstance(value, str) else bool(value)

    def mapping(self, name: str) -> dict[str, Any]:
        """A JSON object; empty when it is not there."""
        value = self._decoded(name, {})
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name}")
        return value

    def listing(self, name: str) -> list[Any]:
        """A JSON array; empty when it is not there."""
        value = self._decoded(name, [])
        if not isinstance(value, list):
            raise bad_request(f"array expected as {name}")
        return value

    def without_bytes(self) -> dict[str, Any]:
        """For the journal: uploads by their file names only."""
        return {**self._values, **{name: {"upload": file.filename} for name, file in self.uploads.items()}}

    def _decoded(self, name: str, default: object) -> object:
        value = self._values.get(name, "")
        if value == "":
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


def read_parameters(request: Request) -> Parameters:
    """Query and body together, the body winning. ApiError 400 for a body that is no JSON object."""
    values: dict[str, Any] = request.args.to_dict()
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        return Parameters(values | body)
    return Parameters(values | request.form.to_dict(), request.files.to_dict())
