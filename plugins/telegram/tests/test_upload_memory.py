"""A large upload goes from disk to the line without ever being in memory: seen at a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

MEGABYTE = 1 << 20
ROOT = Path(__file__).resolve().parents[3]
CHUNK = 64 << 10


class Drain(ThreadingHTTPServer):
    """Takes whatever is posted, counts it, and says that it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        self.received: list[int] = []
        super().__init__(("127.0.0.1", 0), _Taker)


class _Taker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Drain

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """Quiet."""

    def do_POST(self) -> None:
        size = left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, CHUNK)))
        self.server.received.append(size)
        message = {"message_id": 1, "date": 1784480000, "chat": {"id": 5, "type": "private"}}
        body = json.dumps({"ok": True, "result": message}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def drain() -> Iterator[Drain]:
    server = Drain()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_45_megabytes_need_less_than_40_of_memory(drain: Drain, tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(bytes(MEGABYTE))
    with large.open("wb") as film:
        film.truncate(45 * MEGABYTE)
    url = f"http://127.0.0.1:{drain.server_address[1]}"
    command = [sys.executable, "-m", "plugins.telegram.tests.uploading", url, str(small), str(large)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert drain.received[1] > 45 * MEGABYTE
    assert int(done.stdout) < 40 * MEGABYTE
