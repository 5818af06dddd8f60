"""What staff do, as a test tells them to: the services behind the desk, in a process of their own."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.harness.box import OWNER, Box
from tests.harness.processes import ROOT

ANSWER_SECONDS = 60.0


class Staff:
    """The owner at a desk without a browser. Each act returns once it is committed."""

    def __init__(self, box: Box) -> None:
        self._log = box.log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.harness.staff_process", OWNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=dict(box.environ),
            cwd=ROOT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def reply(self, ticket: int, text: str, files: Sequence[int] = ()) -> int:
        """Answer the customer; the message's id."""
        return int(self.do("reply", ticket=ticket, text=text, files=list(files)))

    def attach(self, path: Path, mime: str) -> int:
        """Upload a file; its id."""
        return int(self.do("attach", path=str(path), mime=mime))

    def renew(self, connection: int, token: str) -> None:
        """Enter a new token."""
        self.do("renew", connection=connection, token=token)

    def status(self) -> str:
        """What the status page says."""
        return str(self.do("status"))

    def retry(self, delivery: int) -> None:
        self.do("retry", delivery=delivery)

    def leave(self, delivery: int) -> None:
        self.do("leave", delivery=delivery)

    def do(self, act: str, **fields: Any) -> Any:
        """An act by its name in staff_process.ACTS."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": act, **fields}).encode() + b"\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], ANSWER_SECONDS)
        line = self._process.stdout.readline() if ready else b""
        assert line, f"no answer to {act}; the box's log says why"
        return json.loads(line)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        self._process.stdout.close()
        self._log.close()
