"""What somebody sends to read others' files, to reach other machines, or to bring the box down."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from appliance import Lane, MadeRendition, Workplace
from appliance_media.outgoing import prepare_outgoing
from appliance_media.reasons import Reason, Refused
from appliance_media.workshop import prepare
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.hostile import SCRIPT, SCRIPTS

Place = Callable[[Lane], Workplace]
Make = Callable[[str, str], dict[str, MadeRendition]]
ENDINGS = [".m3u8", ".mp4", ".bin", ""]
KINDS = ["video", "video_note", "voice", "audio", "animation", "photo", "sticker"]
BOMBS = [
    ("wide.jpg", "photo", Reason.PICTURE_TOO_LARGE),
    ("wide.jpg", "sticker", Reason.PICTURE_TOO_LARGE),
    ("wide.jpg", "document", Reason.PICTURE_TOO_LARGE),
    ("huge.png", "photo", Reason.PICTURE_TOO_LARGE),
    ("many_frames.webp", "sticker", Reason.PICTURE_TOO_LARGE),
    ("many_frames.gif", "sticker", Reason.PICTURE_TOO_LARGE),
    ("giant.flv", "video", Reason.PICTURE_TOO_LARGE),
    ("giant.flv", "sticker", Reason.PICTURE_TOO_LARGE),
    ("giant.flv", "document", Reason.PICTURE_TOO_LARGE),
    ("double.gif", "video", Reason.NOTHING_TO_PLAY),
    ("bomb.tgs", "sticker", Reason.TOO_MUCH_WORK),
    ("endless.mp4", "video", Reason.TOO_LONG),
    ("endless.mp4", "voice", Reason.TOO_LONG),
    ("no_streams.mp4", "video", Reason.NOTHING_TO_PLAY),
    ("words.mkv", "video", Reason.NOTHING_TO_PLAY),
]
NOT_MEDIA = ["empty.mp4", "letter.mp4", "cut.mp4", "cut.jpg", "page.jpg", "drawing.svg", "archive.zip"]


class Listener:
    """A web server on loopback that nobody has any business with; counts who comes."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        visits = self.visits

        class Answer(BaseHTTPRequestHandler):
            def handle(self) -> None:
                visits.append(str(self.client_address))
                super().handle()

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}/film.ts"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield listener
    listener.server.shutdown()
    thread.join()
    listener.server.server_close()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files would be left behind. When the test ends nothing is left there or runs."""
    before = children()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
    assert children() - before == set()


def children() -> set[str]:
    """What this thread has started and not seen the end of; the tests before may have left a running shop."""
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


def refuse(work: Callable[[Path, str, Workplace], object], path: Path, kind: str, workplace: Workplace) -> Reason:
    """The reason; nothing may have come out."""
    with pytest.raises(Refused) as caught:
        work(path, kind, workplace)
    assert caught.value.detail
    assert list(workplace.folder.iterdir()) == []
    return caught.value.reason


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.usefixtures("elsewhere")
def test_a_script_reads_no_other_file(
    corpus: Corpus, tmp_path: Path, workplace: Place, script: str, ending: str
) -> None:
    path = tmp_path / f"film{ending}"
    path.write_text(SCRIPTS[script].replace("{address}", f"file://{corpus['interlaced.ts']}"))
    assert refuse(prepare, path, "video", workplace("quick")) is Reason.UNREADABLE


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_reaches_no_other_machine(tmp_path: Path, workplace: Place, listener: Listener, script: str) -> None:
    path = tmp_path / "film.mp4"
    path.write_text(SCRIPTS[script].replace("{address}", listener.address))
    for kind in ("video", "voice", "photo", "sticker"):
        assert refuse(prepare, path, kind, workplace("quick")) is Reason.UNREADABLE
    prepare(path, "document", workplace("quick"))
    assert listener.visits == []


def test_a_program_without_our_guards_would_have_gone_there(tmp_path: Path, listener: Listener) -> None:
    """What the test above stands on: the listener hears who comes, and a playlist does make ffprobe go."""
    path = tmp_path / "film.m3u8"
    path.write_text(SCRIPTS["hls"].replace("{address}", listener.address))
    subprocess.run(
        ["ffprobe", "-v", "quiet", "-protocol_whitelist", "file,http,tcp,crypto", str(path)], check=False, timeout=60
    )
    assert listener.visits
    before = len(listener.visits)
    urllib.request.urlopen(listener.address, timeout=30).close()
    assert len(listener.visits) == before + 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["playlist.m3u8", "playlist.bin", "playlist", "concat.mp4", "drawing.svg"])
@pytest.mark.usefixtures("elsewhere")
def test_a_script_is_refused_as_whatever_it_comes(corpus: Corpus, workplace: Place, name: str, kind: str) -> None:
    assert refuse(prepare, corpus[name], kind, workplace("quick")) is Reason.UNREADABLE


@pytest.mark.parametrize("kind", ["video", "video_note", "voice", "audio", "animation", "photo"])
@pytest.mark.usefixtures("elsewhere")
def test_a_script_is_refused_on_its_way_out_too(corpus: Corpus, workplace: Place, kind: str) -> None:
    for name in ("playlist.mp4", "concat.mp4", "drawing.svg"):
        assert refuse(prepare_outgoing, corpus[name], kind, workplace("quick")) is Reason.UNREADABLE


@pytest.mark.parametrize("name", ["playlist.m3u8", "concat.mp4", "drawing.svg", "page.jpg"])
def test_a_script_sent_as_a_document_shows_its_own_words(corpus: Corpus, make: Make, name: str) -> None:
    ((kind, made),) = make(name, "document").items()
    assert (kind, made.mime) == ("text", "text/plain")
    assert made.path is not None
    assert made.path.read_text().strip() == corpus[name].read_text().strip()


@pytest.mark.parametrize(("name", "kind", "reason"), BOMBS)
@pytest.mark.usefixtures("elsewhere")
def test_a_bomb_is_refused_with_its_reason(
    corpus: Corpus, workplace: Place, name: str, kind: str, reason: Reason
) -> None:
    assert refuse(prepare, corpus[name], kind, workplace("quick")) is reason


@pytest.mark.parametrize("kind", ["video", "voice", "photo", "sticker"])
@pytest.mark.parametrize("name", NOT_MEDIA)
@pytest.mark.usefixtures("elsewhere")
def test_what_is_no_media_is_refused(corpus: Corpus, workplace: Place, name: str, kind: str) -> None:
    assert refuse(prepare, corpus[name], kind, workplace("quick")) is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("name", "kind"),
    [("double.jpg", "photo"), ("double.mp4", "video"), ("fonts.mkv", "video"), ("double.jpg", "document")],
)
def test_of_a_file_that_is_two_the_second_is_lost(corpus: Corpus, make: Make, name: str, kind: str) -> None:
    assert SCRIPT in corpus[name].read_bytes()
    made = make(name, kind)
    assert "playable" in made
    for rendition in made.values():
        assert rendition.path is not None
        assert SCRIPT not in rendition.path.read_bytes()
