"""What the encoder of this box is told, so that any browser on any phone plays what comes out."""

from __future__ import annotations

from appliance_media.builder import Options
from appliance_media.choice import Choice

CRF = 26
# Key frames twice a second at the usual rate: a player seeks to them.
COMMON: Options = {"g": 60, "fpsmax": 30, "threads": 2}


def plain_video(chosen: Choice, kilobits: int = 0, crf: int = CRF) -> Options:
    """`kilobits` is the most a second of picture may take, in thousands of bits; 0 = as usual for its height."""
    rate = min(kilobits or chosen.kilobits, chosen.kilobits)
    if chosen.is_hardware:  # knows no quality, only a rate
        return {"c:v": chosen.encoder, "b:v": f"{rate}k", "pix_fmt": "yuv420p", **COMMON}
    return {
        "c:v": chosen.encoder,
        "preset": chosen.preset,
        "crf": crf,
        "maxrate": f"{rate}k",
        "bufsize": f"{2 * rate}k",
        "profile:v": "main",
        **COMMON,
    }
