"""Make the media of the sample conversations anew: `python plugins/sandbox/make_samples.py`.

Needs Pillow, ffmpeg, espeak-ng and the DejaVu fonts; writes into appliance_sandbox/samples/ (under 2 MB).
"""

from __future__ import annotations

import sys
from pathlib import Path

from sample_media import documents, drawing, filming

SAMPLES = Path(__file__).parent / "appliance_sandbox" / "samples"
LARGEST = 2_000_000

SPOKEN = {
    "ru": "Здравствуйте! Касса включается, но чек не печатает. Мигает красная лампочка. Очередь уже до двери.",
    "en": "Hi, this is Sam. The scanner beeps twice, but nothing shows up on the screen. Can you call me back?",
}


def main() -> int:
    """Write every sample; 1 when they grew too large."""
    SAMPLES.mkdir(exist_ok=True)
    drawing.bot_photo(SAMPLES / "bot.jpg")
    drawing.broken_till(SAMPLES / "broken-till.jpg")
    drawing.wrong_model(SAMPLES / "wrong-model.jpg")
    drawing.receipt(SAMPLES / "receipt.jpg")
    for number in (1, 2, 3):
        drawing.shelf(SAMPLES / f"shelf-{number}.jpg", number)
    drawing.sticker(SAMPLES / "smile.webp")
    filming.flickering_screen(SAMPLES / "flickering-screen.mp4")
    filming.paper_jam(SAMPLES / "paper-jam.mp4")
    filming.round_greeting(SAMPLES / "round-greeting.mp4")
    filming.waving(SAMPLES / "waving.mp4")
    filming.melody(SAMPLES / "till-beep.mp3")
    for language, text in SPOKEN.items():
        filming.speech(SAMPLES / f"voice-{language}.ogg", text, language)
    documents.invoice(SAMPLES / "invoice.pdf")
    size = sum(file.stat().st_size for file in SAMPLES.iterdir())
    sys.stdout.write(f"{size} bytes in {SAMPLES}\n")
    return int(size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
