"""The filters that make any picture a plain one: upright, progressive, square pixels, standard colours, not too big."""

from __future__ import annotations

from appliance_media.builder import Filter
from appliance_media.probe import Stream

LONG_SIDE, SHORT_SIDE = 1280, 720


def plain_picture(video: Stream, short_side: int = SHORT_SIDE) -> list[Filter]:
    """For a transcode: fits 1280x720, or 720x1280 when the picture stands. Never enlarges."""
    long_side = short_side * LONG_SIDE // SHORT_SIDE
    width, height = video.shown_size
    box = (long_side, short_side) if width >= height else (short_side, long_side)
    return fitted_picture(video, *box)


def fitted_picture(video: Stream, width: int, height: int) -> list[Filter]:
    """A plain picture that fits `width` x `height`."""
    # Scaled first: the colours of a large HDR picture would take ten times the work.
    return [*_mend_shape(video), fit(width, height), *_mend_colours(video), *finish()]


def mend_picture(video: Stream) -> list[Filter]:
    """What a picture needs before it is cut. ffmpeg has turned it upright by itself already."""
    return [*_mend_shape(video), *_mend_colours(video)]


def _mend_shape(video: Stream) -> list[Filter]:
    mended: list[Filter] = []
    if video.interlaced:
        mended.append(("yadif", {}))
    if video.aspect != 1:
        mended.append(("scale", {"w": "trunc(iw*sar/2)*2", "h": "ih"}))
    return mended


def _mend_colours(video: Stream) -> list[Filter]:
    return _standard_range(video.transfer) if video.is_hdr else []


def fit(width: int, height: int) -> Filter:
    return (
        "scale",
        {
            "w": f"min({width},iw)",
            "h": f"min({height},ih)",
            "force_original_aspect_ratio": "decrease",
            "force_divisible_by": 2,
        },
    )


def cut_square(side: int) -> list[Filter]:
    """The middle square of the picture, for a round video message."""
    shorter = "min(iw,ih)"
    return [("crop", {"w": shorter, "h": shorter}), ("scale", {"w": side, "h": side}), *finish()]


def finish() -> list[Filter]:
    return [("setsar", {"sar": 1}), ("format", {"pix_fmts": "yuv420p"})]


def _standard_range(transfer: str) -> list[Filter]:
    """HDR to the colours of an ordinary screen. The source is named outright: phones leave parts of it unsaid."""
    source = {"tin": transfer, "min": "2020_ncl", "pin": "2020"}
    return [
        ("zscale", {**source, "t": "linear", "npl": 100}),
        ("format", {"pix_fmts": "gbrpf32le"}),
        ("zscale", {"p": "bt709"}),
        ("tonemap", {"tonemap": "hable", "desat": 0}),
        ("zscale", {"t": "bt709", "m": "bt709", "r": "tv"}),
    ]
