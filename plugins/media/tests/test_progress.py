from __future__ import annotations

from appliance_media.progress import Progress


def follow(duration: float | None, *chunks: bytes) -> list[float]:
    reports: list[float] = []
    progress = Progress(duration, reports.append)
    for chunk in chunks:
        progress.feed(chunk)
    return reports


def test_it_reports_parts_of_the_whole() -> None:
    assert follow(10, b"frame=1\nout_time_us=2500000\n", b"out_time_us=10000000\n") == [0.25, 1.0]


def test_it_joins_lines_that_come_in_two_chunks() -> None:
    assert follow(10, b"out_time_us=25", b"00000\n") == [0.25]


def test_it_never_goes_back_and_never_passes_the_end() -> None:
    assert follow(10, b"out_time_us=5000000\nout_time_us=1000000\nout_time_us=90000000\n") == [0.5, 1.0]


def test_it_says_nothing_when_the_length_is_unknown() -> None:
    assert follow(None, b"out_time_us=2500000\n") == []


def test_it_ignores_what_is_no_number() -> None:
    assert follow(10, b"out_time_us=N/A\nout_time_us=-5\nprogress=end\n") == []
