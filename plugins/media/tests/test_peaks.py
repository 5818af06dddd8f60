from __future__ import annotations

import struct

from appliance_media.peaks import SAMPLES_PER_STEP, Outline


def samples(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}h", *values)


def test_the_loudest_moment_is_a_hundred() -> None:
    outline = Outline()
    outline.feed(samples(*[1000] * SAMPLES_PER_STEP, *[-2000] * SAMPLES_PER_STEP))
    assert outline.bars() == [50, 100]


def test_chunks_may_end_in_the_middle_of_a_sample() -> None:
    whole, torn = Outline(), Outline()
    sound = samples(*range(-SAMPLES_PER_STEP, SAMPLES_PER_STEP * 2))
    whole.feed(sound)
    for start in range(0, len(sound), 333):
        torn.feed(sound[start : start + 333])
    assert torn.bars() == whole.bars()


def test_a_long_sound_has_as_many_bars_as_asked() -> None:
    outline = Outline()
    outline.feed(samples(*[100] * SAMPLES_PER_STEP) * 1000)
    assert outline.bars() == [100] * 100


def test_silence_is_flat() -> None:
    outline = Outline()
    outline.feed(samples(*[0] * SAMPLES_PER_STEP * 3))
    assert outline.bars() == [0, 0, 0]


def test_nothing_has_no_bars() -> None:
    assert Outline().bars() == []


def test_the_deepest_sample_does_not_overflow() -> None:
    outline = Outline()
    outline.feed(samples(-32768))
    assert outline.bars() == [100]
