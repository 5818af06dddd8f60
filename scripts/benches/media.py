"""Media: what we add to the bare commands, what it costs the worker, and whether the desk stays quick meanwhile.

Files arrive through the sandbox at a real box. Bare and ours alternate, and the medians of what was measured in the
same round are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from appliance_sandbox.control import Phone
from scripts.benches import samples
from scripts.benches.bare import time_bare
from scripts.benches.browsing import Visitor
from scripts.benches.memory import Growth, resident
from scripts.benches.samples import Sample
from scripts.benches.table import Row
from scripts.benches.watcher import Watcher
from tests.harness.processes import children_of
from tests.harness.shop import Shop, open_shop
from tests.harness.waiting import wait_until

FILM_BAR, PHOTO_BAR = 1.15, 1.3
VOICE_BAR_SECONDS = 0.5
MEMORY_BAR_MIB = 30.0
MEANWHILE_BAR_SECONDS = 3.0
PAGES_BAR = 1.5
# A long film: the pages of one round are all opened while it is encoded.
TIMES = 4
PAGES_EACH = 30


def measure(folder: Path, rounds: int) -> Iterator[Row]:
    """Rows as they are known."""
    films, photo = samples.make_films(folder), samples.make_photo(folder)
    voices = [samples.make_voice(folder, seconds) for seconds in (10, 60)]
    long_film = samples.make_long_film(films[1], TIMES)
    with open_shop(folder / "shop") as shop:
        bench = _Bench(shop, _welcome(shop), folder, rounds)
        with Growth(shop.box.pid("worker")) as growth:
            for film in films:
                yield bench.compare(film, FILM_BAR)
            yield bench.compare(photo, PHOTO_BAR)
            for voice in voices:
                yield bench.difference(voice, VOICE_BAR_SECONDS)
            yield from bench.watch_under_load(long_film, voices[0])
        own = f"children had {growth.children:.0f} MiB at most; afterwards {resident(shop.box.pid('worker')):.0f} MiB"
        yield Row("growth of the worker itself", growth.own, "MiB", MEMORY_BAR_MIB, own)


def _welcome(shop: Shop) -> Phone:
    """A customer whose ticket is open; the box has done all it does at first."""
    (phone,) = shop.add_customers(1)
    phone.start()
    phone.write("Good morning")
    shop.settle()
    return phone


@dataclass
class _Bench:
    shop: Shop
    phone: Phone
    folder: Path
    rounds: int

    def compare(self, sample: Sample, bar: float) -> Row:
        bare, ours = self._pair(sample)
        ratio = median(own / alone for own, alone in zip(ours, bare, strict=True))
        return Row(sample.name, ratio, "×", bar, _both(ours, bare))

    def difference(self, sample: Sample, bar: float) -> Row:
        bare, ours = self._pair(sample)
        more = median(own - alone for own, alone in zip(ours, bare, strict=True))
        return Row(f"{sample.name}: more than bare", more, "s", bar, _both(ours, bare))

    def watch_under_load(self, film: Sample, voice: Sample) -> Iterator[Row]:
        """Pages opened at rest and while a film is encoded, in turns; and a voice that arrives meanwhile."""
        visitor = Visitor(self.shop.box)
        pages = ("/inbox", f"/t/{self.shop.tickets([self.phone])[self.phone.chat_id]}")
        rest, busy, voices = [], [], []
        with Watcher(self.shop.box) as watcher:
            for _ in range(self.rounds):
                rest += [visitor.time(page) for page in pages * PAGES_EACH]
                self._begin(film)
                busy += [visitor.time(page) for page in pages * PAGES_EACH]
                voices.append(watcher.send(self.phone, voice).whole)
                assert self._encodes(), "the film was too short"
                wait_until(lambda: not self._encodes(), "the film's end", 600, every=0.2)
                self.shop.settle()
        visitor.close()
        yield Row("voice 10 s playable during a transcode", max(voices), "s", MEANWHILE_BAR_SECONDS, "the slowest")
        slow, quick = _p95(busy), _p95(rest)
        detail = f"p95 {slow * 1000:.0f} ms, at rest {quick * 1000:.0f} ms, {len(busy)} pages each"
        yield Row("pages during a transcode", slow / quick, "×", PAGES_BAR, detail)

    def _pair(self, sample: Sample) -> tuple[list[float], list[float]]:
        """Bare and ours in turns, and who begins changes."""
        bare, ours = [], []
        with Watcher(self.shop.box) as watcher:
            for number in range(self.rounds):
                if number % 2:
                    ours.append(watcher.send(self.phone, sample).preparing)
                bare.append(time_bare(sample, self.folder))
                if not number % 2:
                    ours.append(watcher.send(self.phone, sample).preparing)
        return bare, ours

    def _begin(self, film: Sample) -> None:
        self.phone.send(film.kind, film.upload)
        wait_until(self._encodes, "the film's encoding", 120)

    def _encodes(self) -> bool:
        return any("libx264" in command for command in children_of(self.shop.box.pid("worker")).values())


def _both(ours: Sequence[float], bare: Sequence[float]) -> str:
    return f"{median(ours):.2f} s, bare {median(bare):.2f} s"


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]
