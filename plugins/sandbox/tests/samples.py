"""The committed sample media as uploads."""

from __future__ import annotations

from pathlib import Path

import appliance_sandbox
from appliance_sandbox.control import Upload

SAMPLES = Path(appliance_sandbox.__file__).parent / "samples"


def sample(name: str, mime_type: str = "application/octet-stream") -> Upload:
    return Upload(SAMPLES / name, mime_type=mime_type)
