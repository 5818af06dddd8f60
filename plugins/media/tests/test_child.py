from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance_media.child import MEBIBYTE, Limits, run
from appliance_media.reasons import Reason, Refused

PACKAGE = Path(__file__).parents[1]
PYTHON = [sys.executable, "-I", "-c"]


def refusal(script: str, limits: Limits) -> Refused:
    with pytest.raises(Refused) as caught:
        run([*PYTHON, script], limits)
    return caught.value


def test_it_returns_what_the_program_wrote() -> None:
    assert run([*PYTHON, "print('seen')"]) == b"seen\n"


def test_it_hands_output_over_as_it_comes() -> None:
    seen: list[bytes] = []
    assert run([*PYTHON, "print('a'); print('b')"], on_output=seen.append) == b""
    assert b"".join(seen) == b"a\nb\n"


def test_it_tells_why_a_program_failed() -> None:
    refused = refusal("import sys; sys.exit('the index is missing')", Limits())
    assert refused.reason is Reason.UNREADABLE
    assert "the index is missing" in refused.detail


def test_it_names_a_missing_program() -> None:
    with pytest.raises(Refused) as caught:
        run(["a-program-nobody-has"])
    assert caught.value.reason is Reason.PROGRAM_MISSING
    assert caught.value.is_about_the_box


def test_it_ends_a_program_that_ignores_the_first_request() -> None:
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    started = time.monotonic()
    assert refusal(script, Limits(seconds=0.5)).reason is Reason.TOO_MUCH_WORK
    assert time.monotonic() - started < 6


def test_it_ends_a_program_that_closed_its_output_and_stays() -> None:
    script = "import os, time; os.close(1); time.sleep(60)"
    assert refusal(script, Limits(seconds=1)).reason is Reason.TOO_MUCH_WORK


def test_it_ends_a_program_at_its_processor_limit() -> None:
    started = time.monotonic()
    assert refusal("while True: pass", Limits(seconds=30, processor_seconds=1)).reason is Reason.TOO_MUCH_WORK
    assert time.monotonic() - started < 20


def test_it_refuses_memory_over_the_limit() -> None:
    refused = refusal("bytearray(900 * 1024 * 1024)", Limits(memory=300 * MEBIBYTE))
    assert "MemoryError" in refused.detail


def test_it_stops_a_file_that_grows_over_the_limit(tmp_path: Path) -> None:
    target = tmp_path / "grows"
    script = f"f = open({str(target)!r}, 'wb')\nwhile True: f.write(bytes(65536))"
    assert refusal(script, Limits(file_size=MEBIBYTE)).reason is Reason.TOO_MUCH_WORK
    assert target.stat().st_size <= MEBIBYTE


def test_it_stops_a_program_that_never_stops_talking() -> None:
    script = "while True: print('x' * 1000)"
    assert refusal(script, Limits(output=MEBIBYTE)).reason is Reason.TOO_MUCH_WORK


def test_a_program_gets_no_input_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPLIANCE_SECRET", "12345:token")
    told = run([*PYTHON, "import os, sys; print(sys.stdin.read(), sorted(os.environ), os.getcwd())"])
    assert b"APPLIANCE_SECRET" not in told
    assert told.endswith(b"/\n")


def test_a_long_one_has_no_share_of_its_own_of_the_processor() -> None:
    """Where the kernel shares the processor between sessions first, the session is lowered as well."""
    if not Path("/proc/self/autogroup").exists():
        return
    script = """
import time
end = time.monotonic() + 30
while "nice 15" not in (said := open("/proc/self/autogroup").read()) and time.monotonic() < end: time.sleep(0.05)
print(said)
"""
    assert b"nice 15" in run([*PYTHON, script], Limits(seconds=60))


def test_a_report_that_fails_ends_the_program() -> None:
    def fail(chunk: bytes) -> None:
        raise RuntimeError("the file is gone")

    started = time.monotonic()
    with pytest.raises(RuntimeError):
        run([*PYTHON, "import time; print('x', flush=True); time.sleep(60)"], on_output=fail)
    assert time.monotonic() - started < 10


def test_a_killed_worker_leaves_no_program_behind(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    script = f"import sys; from appliance_media.child import run; run([sys.executable, '-I', '-c', {child!r}])"
    worker = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(PACKAGE)})
    try:
        wait_until(lambda: note.exists() and bool(note.read_text()))
    finally:
        worker.kill()
        worker.wait()
    wait_until(lambda: not Path(f"/proc/{note.read_text()}/cmdline").exists())


def wait_until(happened: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
