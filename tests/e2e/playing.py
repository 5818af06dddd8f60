"""Whether a film or a voice really plays: time moves, a picture is there, seeking arrives."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

TIME_MOVES = "film => film.currentTime > 0.3"
PLAY = "film => film.play()"
SEEK = """(film, to) => new Promise((arrived) => {
  film.addEventListener("seeked", () => arrived(film.currentTime), { once: true });
  film.currentTime = to;
})"""
# How many different colours a small copy of the picture has, in steps of 32: a black one has one.
COLOURS = """(film) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
  const pen = canvas.getContext("2d");
  pen.drawImage(film, 0, 0, 32, 24);
  const { data } = pen.getImageData(0, 0, 32, 24);
  const found = new Set();
  for (let i = 0; i < data.length; i += 4) found.add([data[i] >> 5, data[i + 1] >> 5, data[i + 2] >> 5].join());
  return found.size;
}"""


def expect_to_play(film: Locator) -> None:
    """Begins, moves, and shows a picture."""
    film.evaluate(PLAY)
    wait_for(film, TIME_MOVES)
    assert film.evaluate("film => film.videoWidth") > 0
    assert film.evaluate(COLOURS) > 3


def expect_to_seek(film: Locator, to: float) -> None:
    """Backwards and forwards, and it still shows a picture."""
    for target in (to, 0.1, to):
        assert abs(film.evaluate(SEEK, target) - target) < 0.1
    assert film.evaluate(COLOURS) > 3


def expect_to_speak(voice: Locator) -> None:
    """A voice bubble that is pressed moves on."""
    voice.get_by_role("button", name="Play").click()
    expect(voice.get_by_role("button", name="Pause")).to_be_visible()
    expect(position_of(voice)).not_to_have_attribute("aria-valuenow", "0")


def position_of(voice: Locator) -> Locator:
    """Its `aria-valuenow` is the second it is at."""
    return voice.get_by_role("slider")


def wait_for(element: Locator, condition: str) -> None:
    """Until the function `condition` of the element is true."""
    handle = element.element_handle()
    element.page.wait_for_function(condition, arg=handle)
