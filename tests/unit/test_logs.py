"""What never reaches a log."""

from __future__ import annotations

import logging

import pytest

from appliance.logs import RedactingFormatter, redact

TOKEN = "123456789:AAFq3kfCcJ9mWZxXyz012345678-_abcdefg"


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", TOKEN),
        (f"token {TOKEN} refused", TOKEN),
        ("proxy socks5://anna:geheim@proxy.lan:1080", "geheim"),
        ("{'password': 'correct horse'}", "horse"),
        ("login=anna&password=geheim1234&next=/", "geheim1234"),
        ("Authorization: Bearer abcdef", "abcdef"),
        ("Cookie: appliance_sign_in=sEcReT", "sEcReT"),
    ],
)
def test_secrets_are_hidden(line: str, hidden: str) -> None:
    assert hidden not in redact(line)


@pytest.mark.parametrize(
    "line", ["ticket 1042: done", "2026-11-22 17:04:05 GET /t/1042", "passwords are argon2 hashes"]
)
def test_everything_else_stays(line: str) -> None:
    assert redact(line) == line


def test_arguments_and_tracebacks_are_covered_too() -> None:
    try:
        raise ValueError(f"no answer from /bot{TOKEN}/getUpdates")
    except ValueError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "asked %s", (f"/bot{TOKEN}/",), trouble)
    written = RedactingFormatter("%(message)s").format(record)
    assert TOKEN not in written
    assert "getUpdates" in written
