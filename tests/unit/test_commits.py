"""Whoever waits for commits hears of each, whichever connection or process made it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from appliance import commits, db
from appliance.commits import Bells, Commits


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    db.bind(tmp_path / "some.db")
    with db.write() as session:
        session.execute(text("CREATE TABLE word (word TEXT)"))
    yield tmp_path / "some.db"
    db.unbind()


def say(word: str) -> None:
    with db.write() as session:
        session.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})


def test_the_first_look_is_news_and_silence_is_none(file: Path) -> None:
    seen = Commits()
    assert [seen.news() for _ in range(3)] == [True, False, False]
    seen.close()


def test_a_commit_of_this_process_is_news_once(file: Path) -> None:
    seen = Commits()
    seen.news()
    say("one")
    assert [seen.news(), seen.news()] == [True, False]
    seen.close()


def test_a_commit_of_another_program_is_news(file: Path) -> None:
    seen = Commits()
    seen.news()
    other = sqlite3.connect(file)
    other.execute("INSERT INTO word VALUES ('two')")
    assert not seen.news(), "nothing is committed yet"
    other.commit()
    other.close()
    assert seen.news()
    seen.close()


def test_reading_is_no_news(file: Path) -> None:
    seen = Commits()
    seen.news()
    with db.session() as session:
        session.execute(text("SELECT * FROM word")).all()
    assert not seen.news()
    seen.close()


def test_every_bell_rings_at_a_commit(file: Path) -> None:
    bells, stop = Bells(), threading.Event()
    first, second = bells.bell(), bells.bell()
    watching = threading.Thread(target=bells.watch, args=(stop,))
    watching.start()
    try:
        for word in ("one", "two"):
            assert first.wait(10)
            assert second.wait(10)
            first.clear()
            second.clear()
            say(word)
        assert first.wait(10)
    finally:
        stop.set()
        watching.join(10)


def test_a_watch_that_cannot_see_rings_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(commits, "TROUBLE_SECONDS", 0.01)
    db.unbind()
    bells, stop = Bells(), threading.Event()
    bell = bells.bell()
    watching = threading.Thread(target=bells.watch, args=(stop,))
    watching.start()
    try:
        for _ in range(2):
            bell.clear()
            assert bell.wait(10)
    finally:
        stop.set()
        watching.join(10)
    assert "could not look for commits" in caplog.text
