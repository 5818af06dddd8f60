"""The plugin as the core meets it: loaded by name, asked through its hooks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest

from appliance import Lane, PartKind, Prepared, Workplace
from appliance.plugins import Found, Plugins
from appliance_media.checks import PROGRAMS
from appliance_media.reasons import Reason
from plugins.media.tests.conftest import Corpus

Place = Callable[[Lane], Workplace]


@dataclass(frozen=True)
class OnDisk:
    """A stored file whose bytes lie at a path; implements StoredFile."""

    path: Path
    id: int = 7
    name: str = "IMG_0412.mov"
    mime: str = "video/quicktime"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    @contextmanager
    def local_copy(self) -> Iterator[Path]:
        yield self.path

    @contextmanager
    def made(self, kind: str) -> Iterator[Path | None]:
        yield None


@pytest.fixture
def plugins() -> Iterator[Plugins]:
    loaded = Plugins(strict=True)
    loaded.load(Found("media", "appliance_media", "0.1.0", "folder", Path(__file__).parents[1]))
    yield loaded
    loaded.close()


def ask(plugins: Plugins, hook: str, path: Path, kind: PartKind, workplace: Workplace) -> Prepared:
    answer = plugins.ask_first(hook, file=OnDisk(path), kind=kind, workplace=workplace)
    assert isinstance(answer, Prepared)
    return answer


def test_the_worker_gets_what_the_page_shows(plugins: Plugins, corpus: Corpus, workplace: Place) -> None:
    prepared = ask(plugins, "prepare_file", corpus["plain.mp4"], "video", workplace("quick"))
    assert {made.kind for made in prepared.renditions} == {"poster", "playable"}
    assert not prepared.failure


def test_a_file_that_cannot_be_shown_is_an_answer_with_a_reason(
    plugins: Plugins, corpus: Corpus, workplace: Place
) -> None:
    for hook in ("prepare_file", "prepare_upload"):
        prepared = ask(plugins, hook, corpus["letter.mp4"], "video", workplace("quick"))
        assert prepared == Prepared(failure=Reason.UNREADABLE)


def test_a_recording_leaves_as_a_voice_message(plugins: Plugins, corpus: Corpus, workplace: Place) -> None:
    prepared = ask(plugins, "prepare_upload", corpus["song.mp3"], "voice", workplace("quick"))
    assert [(made.kind, made.mime) for made in prepared.renditions] == [("outgoing", "audio/ogg")]


def test_every_file_a_page_loads_exists(plugins: Plugins) -> None:
    ((_, assets),) = plugins.ask("page_assets")
    ((_, blueprint),) = plugins.ask("register_blueprint")
    for name in (*assets.styles, *assets.scripts):
        assert (Path(blueprint.static_folder) / name).is_file()


def test_the_status_page_is_told_of_missing_programs(
    plugins: Plugins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ((_, (well,)),) = plugins.ask("register_checks")
    assert well.state == "ok"
    monkeypatch.setenv("PATH", str(tmp_path))
    ((_, (missing,)),) = plugins.ask("register_checks")
    assert missing.state == "fail"
    assert "ffmpeg" in missing.params["programs"]


def test_without_poppler_the_status_page_only_warns(
    plugins: Plugins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in PROGRAMS:
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    ((_, (missing,)),) = plugins.ask("register_checks")
    assert missing.state == "warn"
    assert "pdftoppm" in missing.params["programs"]


def test_every_reason_has_its_words(plugins: Plugins) -> None:
    words = [plugins.ask_first("explain_failure", code=reason) for reason in Reason]
    assert len(set(words)) == len(Reason)
    assert all(words)
    assert plugins.ask_first("explain_failure", code="somebody_elses") is None
