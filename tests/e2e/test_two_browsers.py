"""At the running box, in Chromium and in Firefox: a long film is sought near its end, piece by piece; a voice plays."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from appliance_sandbox.control import Upload
from tests.browsers.sound_card import plug_in
from tests.browsers.window import FirefoxWindow, open_firefox, sign_in
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.playing import COLOURS, PLAY, SEEK, expect_to_play, expect_to_seek
from tests.e2e.samples import VOICE, make
from tests.e2e.watch import TELL_VIOLATIONS
from tests.harness.box import OWNER, PASSWORD
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

SECONDS = 40
NEAR_THE_END = 38.5
# The most the desk answers at once, and a film that is many times that.
PIECE = 2 << 20
LONG_FILM = (
    *("-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=25:duration={SECONDS},noise=alls=20:allf=t"),
    *("-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}", "-c:a", "aac"),
    *(
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-b:v",
        "2500k",
        "-maxrate",
        "3M",
        "-bufsize",
        "3M",
    ),
)
FILM = "document.querySelector('.part-video video')"
VOICE_SECOND = """
document.querySelector("voice-bubble").shadowRoot.querySelector("[role=slider]").getAttribute("aria-valuenow")
"""


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Upload:
    path = make(tmp_path_factory.mktemp("long") / "till.mp4", LONG_FILM)
    assert path.stat().st_size > 4 * PIECE
    return Upload(path, mime_type="video/mp4")


@pytest.fixture(scope="module")
def opened_firefox(running_shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxWindow]:
    """Signed in as the owner."""
    folder = tmp_path_factory.mktemp("firefox")
    with plug_in(folder) as sound, open_firefox(folder, sound) as window:
        window.run_on_every_page(TELL_VIOLATIONS)
        sign_in(window, running_shop.box.url, OWNER, PASSWORD)
        yield window


@pytest.fixture
def firefox(opened_firefox: FirefoxWindow) -> Iterator[FirefoxWindow]:
    """The test fails when one of its pages broke the policy or failed in a script."""
    yield opened_firefox
    assert opened_firefox.complaints == []


def receive(shop: Shop, kind: str, upload: Upload, **facts: object) -> int:
    """The ticket it has come to."""
    phone, ticket = open_ticket(shop)
    phone.send(kind, upload, **facts)
    return ticket


def test_chromium_seeks_a_long_film_in_small_pieces(shop: Shop, browsers: Browsers, long_film: Upload) -> None:
    ticket = receive(shop, "video", long_film, duration=SECONDS, width=640, height=360)
    desk = browsers.open(OWNER)
    pieces: list[str] = []
    desk.page.on("response", lambda answer: pieces.append(answer.headers.get("content-range", "")))
    desk.open(ticket)
    film = desk.part("video").locator("video")
    expect_to_play(film)
    expect_to_seek(film, NEAR_THE_END)
    spans = [tuple(map(int, found.groups())) for piece in pieces if (found := re.match(r"bytes (\d+)-(\d+)/", piece))]
    assert len(spans) > 1
    assert max(last - first + 1 for first, last in spans) <= PIECE
    assert max(last for _, last in spans) > 3 * PIECE


def test_firefox_seeks_a_long_film(shop: Shop, firefox: FirefoxWindow, long_film: Upload) -> None:
    ticket = receive(shop, "video", long_film, duration=SECONDS, width=640, height=360)
    show(shop, firefox, ticket, ".part-video video")
    firefox.run(f"({PLAY})({FILM})")
    wait_until(lambda: firefox.run(f"{FILM}.currentTime > 0.3"), "a film that moves")
    for place in (NEAR_THE_END, 0.1, NEAR_THE_END):
        assert firefox.run(f"({SEEK})({FILM}, {place})") == pytest.approx(place, abs=0.1)
        assert firefox.run(f"({COLOURS})({FILM})") > 3


def test_firefox_plays_a_voice(shop: Shop, firefox: FirefoxWindow) -> None:
    ticket = receive(shop, "voice", VOICE, duration=8)
    show(shop, firefox, ticket, "voice-bubble")
    firefox.press('voice-bubble >>> button[aria-label^="Play"]')
    wait_until(lambda: firefox.run(VOICE_SECOND) not in ("0", None), "a voice that moves on")


def show(shop: Shop, firefox: FirefoxWindow, ticket: int, part: str) -> None:
    """Open the ticket and wait until this part of it is there."""
    firefox.open(f"{shop.box.url}/t/{ticket}")
    is_there, log = f"Boolean(document.querySelector({part!r}))", "document.querySelector('#log').outerHTML"
    wait_until(lambda: firefox.run(is_there), part, 60, shown=lambda: firefox.run(log))
