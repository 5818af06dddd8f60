"""A file a customer sends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a customer sends: a path or bytes, under the name their phone gives it."""

    content: Path | bytes
    name: str = ""
    mime_type: str = "application/octet-stream"

    def part(self) -> tuple[str, bytes, str]:
        if isinstance(self.content, Path):
            return self.name or self.content.name, self.content.read_bytes(), self.mime_type
        return self.name or "file", self.content, self.mime_type
