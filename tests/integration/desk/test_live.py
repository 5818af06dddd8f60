"""News as they happen: complete, in order, and without content."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import TestResponse

from appliance import PageAssets, db, feed, hookimpl
from appliance.plugins import plugins
from appliance.web import live
from appliance.web.running import running
from tests.integration.desk.conftest import Browser, House


def append(number: int) -> None:
    with db.write() as session:
        for _ in range(number):
            feed.append(session, "ticket_changed", ticket=1001)


def read_until(answer: TestResponse, enough: Callable[[list[dict[str, object]]], bool]) -> list[dict[str, object]]:
    """Events of a stream, in the order they came."""
    events: list[dict[str, object]] = []
    for chunk in answer.response:
        text = chunk.decode() if isinstance(chunk, bytes) else chunk
        for line in text.splitlines():
            if line.startswith("data: ["):
                events += json.loads(line.removeprefix("data: "))
        if enough(events):
            break
    answer.close()
    return events


def test_a_stream_brings_what_was_missed_and_then_what_happens(house: House, owner: Browser) -> None:
    before = feed.last_id()
    append(3)
    answer = owner.client.get("/live", headers={"Last-Event-ID": str(before)})
    assert answer.mimetype == "text/event-stream"
    threading.Timer(0.3, append, [2]).start()
    events = read_until(answer, lambda found: len(found) >= 5)
    assert [event["id"] for event in events] == list(range(before + 1, before + 6))


def test_events_carry_ids_and_nothing_else(house: House, owner: Browser) -> None:
    before = feed.last_id()
    house.write({"chat": 1, "id": 1, "text": "secret words"})
    told = owner.get(f"/live/since?after={before}").get_data(as_text=True)
    assert "secret" not in told
    for event in json.loads(told)["events"]:
        assert set(event) <= {"id", "kind", "ticket", "message", "agent"}


def test_polling_tells_the_same(house: House, owner: Browser) -> None:
    before = feed.last_id()
    append(3)
    answer = owner.get(f"/live/since?after={before}").json
    assert answer is not None
    assert [event["id"] for event in answer["events"]] == [before + 1, before + 2, before + 3]
    assert (answer["last"], answer["reset"]) == (before + 3, False)
    again = owner.get(f"/live/since?after={answer['last']}").json
    assert again == {"events": [], "last": before + 3, "reset": False, "presence": []}


def test_after_too_much_everything_is_to_be_looked_at(
    house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CATCH_UP", 5)
    before = feed.last_id()
    append(9)
    answer = owner.get(f"/live/since?after={before}").json
    assert answer == {"events": [], "last": before + 9, "reset": True, "presence": []}
    stream = owner.client.get("/live", headers={"Last-Event-ID": str(before)})
    chunks: Iterator[str | bytes] = iter(stream.response)
    next(chunks)
    reset = next(chunks)
    stream.close()
    assert b"event: reset" in (reset if isinstance(reset, bytes) else reset.encode())


def test_who_finds_no_place_is_told_to_poll(house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.app.test_request_context():
        streams = live.Streams(running().watcher, most=1)
    house.app.extensions[live.NAME] = streams
    first = owner.client.get("/live")
    assert owner.client.get("/live").status_code == 204
    first.close()
    assert owner.client.get("/live").status_code == 200


def test_streams_end_when_the_server_stops(house: House, owner: Browser) -> None:
    answer = owner.client.get("/live")
    threading.Timer(0.3, house.app.extensions["appliance"].stopping.set).start()
    started = time.monotonic()
    for _ in answer.response:
        pass
    assert time.monotonic() - started < 5


def test_a_stream_ends_by_itself_so_that_rights_are_asked_again(
    house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST", 0.5)
    assert b"retry:" in b"".join(owner.client.get("/live").response)  # type: ignore[arg-type]


def test_a_quiet_stream_says_that_it_is_there(house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.1)
    monkeypatch.setattr(live, "LOOK", 0.1)
    monkeypatch.setattr(live, "LONGEST", 1.0)
    assert b": still here" in b"".join(owner.client.get("/live").response)  # type: ignore[arg-type]


class Latecomer:
    """A plugin in whose hook, while a page is made, something happens."""

    @hookimpl
    def page_assets(self) -> PageAssets:
        append(1)
        return PageAssets()


def test_what_happens_while_a_page_is_made_is_told_to_it(house: House, owner: Browser) -> None:
    before = feed.last_id()
    plugins().manager.register(Latecomer())
    text = owner.get("/inbox").get_data(as_text=True)
    assert feed.last_id() > before
    assert f'data-live="{before}"' in text
