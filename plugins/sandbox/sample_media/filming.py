"""Short films frame by frame, and speech: Pillow draws, espeak-ng speaks, ffmpeg packs."""

from __future__ import annotations

import math
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from sample_media.drawing import DARK, backdrop, font

Frame = Callable[[float], Image.Image]
RATE = 15  # frames a second: a phone's would be twice that, and twice as large
PATIENCE = 120


def flickering_screen(path: Path) -> None:
    """Four seconds of a till's screen that flickers."""

    def frame(second: float) -> Image.Image:
        lit = 0.35 + 0.65 * abs(math.sin(second * 7) * math.cos(second * 2.3))
        picture = backdrop(480, 360, (196, 204, 208), (120, 128, 134))
        draw = ImageDraw.Draw(picture)
        draw.rounded_rectangle((70, 40, 410, 270), 16, fill=(42, 48, 54))
        draw.rectangle((88, 58, 392, 252), fill=(int(30 * lit), int(96 * lit), int(140 * lit)))
        shade = int(245 * lit)
        draw.text((240, 130), "1 240,00 ₽", font=font(44), fill=(shade, shade, shade), anchor="mm")
        stripe = 58 + int(second * 190) % 190
        draw.rectangle((88, stripe, 392, stripe + 6), fill=(int(140 * lit), int(200 * lit), int(220 * lit)))
        draw.polygon([(60, 290), (420, 290), (460, 350), (20, 350)], fill=(66, 73, 80))
        return picture

    _film(path, frame, 4, "sine=frequency=110:sample_rate=44100")


def paper_jam(path: Path) -> None:
    """Three seconds of a receipt that stops half-way, upright as a phone films."""

    def frame(second: float) -> Image.Image:
        picture = backdrop(360, 480, (225, 218, 206), (170, 158, 140))
        draw = ImageDraw.Draw(picture)
        out = min(second * 90, 120) + 4 * math.sin(second * 30) * (second > 1.4)
        draw.rectangle((110, 250 - out, 250, 262), fill=(252, 252, 249))
        for line in range(int(out // 18)):
            draw.rectangle((124, 256 - out + line * 18, 200 + line * 23 % 40, 262 - out + line * 18), fill=DARK)
        draw.rounded_rectangle((60, 255, 300, 420), 22, fill=(48, 54, 60))
        draw.ellipse((250, 375, 270, 395), fill=(180, 35, 24) if int(second * 4) % 2 else (80, 30, 28))
        return picture

    _film(path, frame, 3, "sine=frequency=70:sample_rate=44100")


def round_greeting(path: Path) -> None:
    """A round video message: three seconds of a friendly face."""

    def frame(second: float) -> Image.Image:
        picture = backdrop(240, 240, (190, 220, 226), (110, 160, 172))
        draw = ImageDraw.Draw(picture)
        sway = 6 * math.sin(second * 3)
        draw.ellipse((30 + sway, 150, 210 + sway, 330), fill=(60, 111, 176))
        draw.ellipse((62 + sway, 34, 178 + sway, 150), fill=(74, 50, 38))
        draw.ellipse((72 + sway, 52, 168 + sway, 166), fill=(236, 200, 170))
        draw.pieslice((68 + sway, 36, 172 + sway, 110), 180, 360, fill=(74, 50, 38))
        spoken = 4 + 5 * abs(math.sin(second * 9))
        draw.chord((102 + sway, 122 - spoken, 138 + sway, 134 + spoken), 0, 180, fill=(140, 50, 50))
        for eye in (96, 134):
            draw.ellipse((eye + sway, 90, eye + 10 + sway, 102), fill=DARK)
        return picture

    _film(path, frame, 3, "sine=frequency=220:sample_rate=44100")


def waving(path: Path) -> None:
    """A silent loop of two seconds, as an animation."""

    def frame(second: float) -> Image.Image:
        picture = backdrop(240, 180, (255, 244, 214), (255, 228, 170))
        hand = Image.new("RGBA", (160, 180), (255, 204, 77, 0))
        draw = ImageDraw.Draw(hand)
        skin = (247, 186, 60, 255)
        draw.rounded_rectangle((48, 84, 112, 160), 26, fill=skin)
        for finger, high in enumerate((46, 30, 34, 50)):
            draw.rounded_rectangle((48 + finger * 17, high, 61 + finger * 17, 110), 6, fill=skin)
        draw.line((112, 124, 136, 96), fill=skin, width=15)
        turned = hand.rotate(16 * math.sin(second * math.pi * 2), Image.Resampling.BICUBIC, center=(80, 170))
        picture.paste(turned, (40, 0), turned)
        return picture

    _film(path, frame, 2, None)


def speech(path: Path, text: str, language: str) -> None:
    """A voice message: Ogg with Opus, mono, as the messenger records it."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "spoken.wav"
        _run("espeak-ng", "-v", language, "-s", "150", "-w", str(spoken), text)
        _run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", f"file:{spoken}", "-c:a", "libopus", "-b:a", "24k",
             "-ac", "1", "-ar", "48000", "-application", "voip", "-fflags", "+bitexact", f"file:{path}")  # fmt: skip


def melody(path: Path) -> None:
    """Three seconds of three notes as an mp3: the sound the till makes."""
    notes = "0.25*sin(2*PI*t*(440+110*floor(t)))"
    _run("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", f"aevalsrc={notes}:d=3:s=44100",
         "-b:a", "64k", "-metadata", "title=Писк кассы", f"file:{path}")  # fmt: skip


def _film(path: Path, frame: Frame, seconds: int, sound: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seconds * RATE):
            frame(number / RATE).save(Path(folder) / f"{number:04}.png")
        hum = ["-f", "lavfi", "-i", f"{sound}:duration={seconds}", "-c:a", "aac", "-b:a", "32k", "-shortest"]
        _run("ffmpeg", "-nostdin", "-v", "error", "-y", "-framerate", str(RATE), "-i", f"file:{folder}/%04d.png",
             *(hum if sound else ["-an"]), "-c:v", "libx264", "-crf", "27", "-preset", "slow",
             "-pix_fmt", "yuv420p", "-movflags", "+faststart", f"file:{path}")  # fmt: skip


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
