"""Films are encoded one at a time, once, and to their end, whoever is killed meanwhile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance_sandbox.control import Phone, Upload
from tests.faults.slow_ffmpeg import SlowFfmpeg, encoders_of
from tests.harness.processes import wait_for_end
from tests.harness.shop import Shop, open_shop
from tests.harness.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
SECONDS = 20
PLAYABLE = "SELECT count(*) FROM rendition WHERE kind = 'playable' AND file_id = ?"
SHOWN = "SELECT r.sha256 FROM rendition r WHERE r.kind = ? AND r.file_id = ?"


@dataclass
class Workshop:
    """A shop whose films can be made to take as long as they are, and a film that has to be encoded."""

    shop: Shop
    ffmpeg: SlowFfmpeg
    film: Path
    short: Path

    def receive(self, film: Path) -> int:
        """A customer's film that is being encoded now; its id."""
        self.ffmpeg.slow()
        phone = self.welcome()
        phone.send("video", Upload(film, mime_type="video/quicktime"))
        wait_until(lambda: encoders_of(self.shop.box), "the film's encoding", 60)
        return self.newest("video")

    def welcome(self) -> Phone:
        (phone,) = self.shop.add_customers(1)
        self.shop.write([(phone, "Good morning")])
        self.shop.settle()
        return phone

    def newest(self, kind: str) -> int:
        return self.shop.box.count("SELECT max(id) FROM file WHERE kind = ?", kind)

    def finish(self, file_id: int) -> None:
        """Wait until pages show it, and nothing half made is left over."""
        self.ffmpeg.fast()
        wait_until(lambda: self.shop.box.count(PLAYABLE, file_id), "a film that plays", 120)
        assert self.shop.box.read("SELECT making FROM file WHERE id = ?", file_id) == [{"making": ""}]
        self.shop.box.check_files()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    folder = tmp_path_factory.mktemp("workshop")
    ffmpeg = SlowFfmpeg(folder)
    film, short = make_film(folder / "film.mov", SECONDS), make_film(folder / "short.mov", SECONDS // 2)
    with open_shop(folder / "shop", ffmpeg.environ) as shop:
        yield Workshop(shop, ffmpeg, film, short)


def make_film(path: Path, seconds: int) -> Path:
    """As a phone films: not to be played in every browser."""
    scene = ["-f", "lavfi", "-i", f"testsrc2=size=320x240:rate=10:duration={seconds}"]
    encoded = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *scene, *encoded, str(path)], check=True, timeout=100)
    return path


@pytest.fixture
def workshop(opened: Workshop) -> Iterator[Workshop]:
    if opened.shop.box.wounded:
        opened.shop.box.restart()
    opened.ffmpeg.fast()
    opened.ffmpeg.forget()
    yield opened
    opened.ffmpeg.fast()


def test_a_killed_worker_leaves_no_encoder_and_the_film_is_made_again(workshop: Workshop) -> None:
    film = workshop.receive(workshop.film)
    encoders = encoders_of(workshop.shop.box)
    # One process from the beginning; what makes it wait for everybody else is the second program that runs in it.
    (encoder,) = encoders
    wait_until(lambda: os.getpriority(os.PRIO_PROCESS, encoder) == 15, "an encoder that gives way")
    workshop.shop.box.kill("worker")
    wait_for_end(encoders)
    assert workshop.shop.box.count(PLAYABLE, film) == 0
    workshop.finish(film)
    assert workshop.ffmpeg.encoded() == 2


def test_when_everything_is_killed_no_encoder_stays_either(workshop: Workshop) -> None:
    film = workshop.receive(workshop.film)
    encoders = encoders_of(workshop.shop.box)
    workshop.shop.box.kill_all()
    wait_for_end(encoders)
    assert workshop.shop.box.count(PLAYABLE, film) == 0
    workshop.ffmpeg.fast()
    workshop.shop.box.start()
    workshop.finish(film)


def test_an_attached_film_is_encoded_once_and_nobody_else_waits(workshop: Workshop) -> None:
    box = workshop.shop.box
    phone, other = workshop.welcome(), workshop.welcome()
    tickets = workshop.shop.tickets([phone, other])
    workshop.ffmpeg.slow()
    with workshop.shop.hire() as staff:
        film = staff.attach(workshop.film, "video/quicktime")
        staff.reply(tickets[phone.chat_id], "like this", (film,))
        wait_until(lambda: encoders_of(box), "the film's encoding", 60)
        staff.reply(tickets[other.chat_id], "a word meanwhile")
        wait_until(lambda: any(m.get("text") == "a word meanwhile" for m in other.answers()), "the other's answer", 60)
        assert box.count(PLAYABLE, film) == 0
        workshop.shop.settle(120)
    assert any("video" in message for message in phone.answers())
    assert box.read(SHOWN, "outgoing", film) == box.read(SHOWN, "playable", film)
    assert workshop.ffmpeg.encoded() == 1


def test_two_films_are_never_encoded_at_once(workshop: Workshop) -> None:
    box = workshop.shop.box
    ticket = workshop.shop.tickets([phone := workshop.welcome()])[phone.chat_id]
    with workshop.shop.hire() as staff:
        # They have begun by then.
        staff.status()
        first = workshop.receive(workshop.short)
        second = staff.attach(workshop.short, "video/quicktime")
        staff.reply(ticket, "like this", (second,))

        def done() -> bool:
            assert len(encoders_of(box)) <= 1
            return bool(box.count(PLAYABLE, first) and box.count(PLAYABLE, second))

        wait_until(done, "both films", 150)
    assert workshop.ffmpeg.encoded() == 2
    workshop.shop.settle()
