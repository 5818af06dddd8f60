"""Finding a street address at a server of the owner's choice that answers like Nominatim. Empty: nobody is asked."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from appliance import box, mark

SETTING = "maps.address_search"
SECONDS = 5
# The public servers' rule: a question a second.
PAUSE = 1.0
MOST = 5
LARGEST = 256 * 1024
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?", re.ASCII)
_turn = threading.Lock()
_asked_at = -PAUSE


class SearchFailed(Exception):
    """`words` is a msgid."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Found:
    """`name` is the place's own, '' for a mere address; `label` all of it."""

    name: str
    label: str
    latitude: float
    longitude: float

    def as_json(self) -> Mapping[str, Any]:
        return asdict(self)


class _NoDetours(HTTPRedirectHandler):
    """The person was told whom this asks."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


_opener = build_opener(_NoDetours)


def check_server(address: str) -> str | None:
    """What is wrong with a server's address, as a msgid; None if nothing is (empty means: none)."""
    if not address or _ADDRESS.fullmatch(address):
        return None
    return mark("Write an address such as https://search.example/search")


def host_of(setting: Callable[[str], str]) -> str:
    """Who is asked, for the button that asks them; '' when nobody is."""
    address = setting(SETTING)
    return "" if not address or check_server(address) else urlsplit(address).netloc


def search_online(words: str, setting: Callable[[str], str], languages: str) -> list[Found]:
    """At most five places. Raises SearchFailed."""
    server = setting(SETTING)
    if not words or not server or check_server(server):
        return []
    query = urlencode({"q": words, "format": "jsonv2", "limit": MOST})
    headers = {"User-Agent": f"appliance-helpdesk/{box().version()}", "Accept-Language": languages or "en"}
    # Checked: http or https, and a host name.
    return read_answer(_ask(Request(f"{server}?{query}", headers=headers)))  # noqa: S310


def read_answer(raw: bytes) -> list[Found]:
    """What is no place in a server's answer is left out. Raises SearchFailed for what is no answer at all."""
    try:
        rows = json.loads(raw)
    except (ValueError, RecursionError):
        raise SearchFailed(mark("The server of addresses did not answer as expected.")) from None
    if not isinstance(rows, list):
        raise SearchFailed(mark("The server of addresses did not answer as expected."))
    found = [_read_row(row) for row in rows[:MOST] if isinstance(row, dict)]
    return [each for each in found if each is not None]


def _ask(question: Request) -> bytes:
    """One at a time, a second apart."""
    global _asked_at  # noqa: PLW0603 -- one clock for all threads, changed under the lock
    if not _turn.acquire(timeout=SECONDS):
        raise SearchFailed(mark("Others are searching just now. Try again in a moment."))
    try:
        time.sleep(max(0.0, _asked_at + PAUSE - time.monotonic()))
        _asked_at = time.monotonic()
        with _opener.open(question, timeout=SECONDS) as answer:
            raw: bytes = answer.read(LARGEST)
            return raw
    except (URLError, OSError):
        raise SearchFailed(mark("The server of addresses is out of reach.")) from None
    finally:
        _turn.release()


def _read_row(row: Mapping[str, Any]) -> Found | None:
    latitude, longitude = _degrees(row.get("lat"), 90), _degrees(row.get("lon"), 180)
    label = _line(row.get("display_name"))
    if latitude is None or longitude is None or not label:
        return None
    return Found(_line(row.get("name")), label, latitude, longitude)


def _degrees(value: object, most: float) -> float | None:
    try:
        number = float(value) if isinstance(value, str | int | float) else float("nan")
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= most else None


def _line(value: object) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
