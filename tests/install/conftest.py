"""A checkout of its own for every test, and a machine that can be bent."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.harness.ports import find_free_port

SOURCE = Path(__file__).resolve().parents[2]
KEPT = ("HOME", "LANG", "PIP_CERT", "SSL_CERT_FILE")


@dataclass
class Machine:
    """`run` starts the checkout's install.sh; `pretend` puts a program in front of the machine's own."""

    folder: Path
    checkout: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *flags: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return subprocess.run(
            [self.checkout / "install.sh", *flags],
            env={**kept, "PATH": path, "APPLIANCE_NO_SERVICE": "1", **self.environment},
            cwd=self.folder,
            input=answer,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def pretend(self, name: str, script: str) -> None:
        program = self.folder / "bin" / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def forget(self, *names: str) -> None:
        """Leave programs out of this machine, whatever folder they are in."""
        found = self.folder / "everything"
        found.mkdir()
        for folder in reversed(os.environ["PATH"].split(":")):
            for program in sorted(Path(folder).iterdir()) if Path(folder).is_dir() else ():
                link = found / program.name
                link.unlink(missing_ok=True)
                link.symlink_to(program)
        for name in names:
            (found / name).unlink(missing_ok=True)
        self.environment["PATH"] = f"{self.folder / 'bin'}:{found}"

    def untouched(self) -> bool:
        """Nothing was made: no environment, no data."""
        data = [file.name for file in (self.checkout / "data").iterdir()]
        return data == [".gitkeep"] and not (self.checkout / ".venv").exists()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    checkout = tmp_path / "checkout"
    shutil.copytree(SOURCE / "scripts" / "install", checkout / "scripts" / "install")
    for name in ("install.sh", "pyproject.toml", "requirements.lock"):
        shutil.copy(SOURCE / name, checkout / name)
    for folder in (checkout / "data", checkout / "appliance", tmp_path / "bin"):
        folder.mkdir()
    (checkout / "data" / ".gitkeep").touch()
    return Machine(tmp_path, checkout, {"APPLIANCE_PORT": str(find_free_port())})
