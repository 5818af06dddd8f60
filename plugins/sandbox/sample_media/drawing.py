"""Pictures drawn with Pillow: a till with a broken screen, a box with the wrong label, a receipt, a logo."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
DARK: Colour = (22, 32, 42)
PETROL: Colour = (11, 110, 132)
WARM: Colour = (236, 228, 214)


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def backdrop(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """A soft vertical gradient, as a wall or a table in dim light."""
    column = Image.new("RGB", (1, height))
    for y in range(height):
        share = y / height
        column.putpixel((0, y), _mixed(top, bottom, share))
    return column.resize((width, height))


def broken_till(path: Path) -> None:
    """A cash register whose display shows an error behind a crack."""
    picture = backdrop(1200, 900, (214, 222, 226), (150, 160, 166))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 690, 1200, 900), fill=(120, 96, 74))
    draw.rounded_rectangle((230, 120, 970, 600), 34, fill=(48, 54, 60))
    draw.rounded_rectangle((265, 155, 935, 560), 12, fill=(18, 40, 66))
    draw.polygon([(200, 600), (1000, 600), (1090, 800), (110, 800)], fill=(66, 73, 80))
    for row in range(3):
        for column in range(8):
            x, y = 240 + column * 92 - row * 12, 628 + row * 54
            draw.rounded_rectangle((x, y, x + 72, y + 38), 8, fill=(205, 210, 214))
    draw.text((600, 250), "ОШИБКА ФН 0x2C", font=font(52), fill=(255, 120, 100), anchor="mm")
    draw.text((600, 330), "Печать чека невозможна", font=font(34), fill=(190, 208, 224), anchor="mm")
    _crack(draw, 760, 420)
    picture.filter(ImageFilter.GaussianBlur(0.7)).save(path, quality=82)


def wrong_model(path: Path) -> None:
    """A delivered box whose label names another model."""
    picture = backdrop(1000, 1200, (226, 221, 212), (186, 176, 160))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(140, 380), (860, 380), (930, 1080), (70, 1080)], fill=(186, 140, 92))
    draw.polygon([(140, 380), (860, 380), (760, 280), (240, 280)], fill=(206, 162, 112))
    draw.rectangle((470, 280, 530, 1080), fill=(222, 196, 150))
    draw.rounded_rectangle((240, 560, 760, 900), 10, fill=(250, 250, 246))
    draw.text((270, 590), "Принтер чеков", font=font(40), fill=DARK)
    draw.text((270, 660), "K-220 USB", font=font(64), fill=(180, 35, 24))
    draw.text((270, 760), "Заказ 5518", font=font(40), fill=DARK)
    for bar in range(46):
        draw.rectangle((270 + bar * 10, 825, 272 + bar * 10 + bar * 7 % 5, 880), fill=DARK)
    picture.save(path, quality=82)


def receipt(path: Path) -> None:
    """The till roll with half of its letters missing."""
    picture = backdrop(900, 1200, WARM, (206, 194, 174))
    paper = Image.new("RGB", (470, 900), (252, 252, 249))
    draw = ImageDraw.Draw(paper)
    lines = ["ООО «Ромашка»", "Кассовый чек № 128", "", "Кофе  2 × 180   360", "Круассан  1 × 140",
             "Чай  1 × 120", "", "ИТОГ        620,00", "Спасибо за покупку!"]  # fmt: skip
    for number, line in enumerate(lines):
        draw.text((40, 50 + number * 74), line, font=font(34), fill=DARK)
    for gap in range(7):
        draw.rectangle((0, 70 + gap * 118, 470, 92 + gap * 118), fill=(252, 252, 249))
    turned = paper.rotate(4, expand=True, fillcolor=(229, 220, 203), resample=Image.Resampling.BICUBIC)
    picture.paste(turned, (190, 130))
    picture.save(path, quality=80)


def shelf(path: Path, number: int) -> None:
    """One of the pictures of an album: a shop's shelf with coloured boxes."""
    picture = backdrop(800, 600, (238, 240, 241), (205, 212, 215))
    draw = ImageDraw.Draw(picture)
    colours: list[Colour] = [(138, 92, 184), (168, 92, 18), (47, 125, 91), (60, 111, 176), (155, 61, 90)]
    for row in range(3):
        floor = 190 + row * 180
        draw.rectangle((40, floor, 760, floor + 16), fill=(140, 118, 92))
        for box in range(7):
            high = 80 + (box * 37 + row * 53 + number * 41) % 70
            colour = colours[(box + row + number) % len(colours)]
            draw.rounded_rectangle((60 + box * 100, floor - high, 140 + box * 100, floor), 6, fill=colour)
    draw.text((760, 575), f"Зал {number}", font=font(26), fill=DARK, anchor="rs")
    picture.save(path, quality=80)


def bot_photo(path: Path) -> None:
    """The picture of the sandbox's bot: a speech bubble on petrol."""
    picture = Image.new("RGB", (640, 640), PETROL)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((130, 150, 510, 430), 70, fill=(255, 255, 255))
    draw.polygon([(230, 420), (330, 420), (220, 520)], fill=(255, 255, 255))
    for dot in range(3):
        draw.ellipse((215 + dot * 85, 270, 255 + dot * 85, 310), fill=PETROL)
    picture.save(path, quality=85)


def sticker(path: Path) -> None:
    """A thumbs-up-like smile on a transparent ground."""
    picture = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((36, 36, 476, 476), fill=(255, 204, 77), outline=(214, 158, 30), width=10)
    draw.ellipse((150, 170, 200, 240), fill=DARK)
    draw.ellipse((312, 170, 362, 240), fill=DARK)
    draw.arc((150, 190, 362, 380), 20, 160, fill=DARK, width=18)
    picture.save(path, "WEBP", quality=80)


def _crack(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    for ray in range(9):
        angle = ray * 2 * math.pi / 9 + 0.3
        reach = 60 + ray * 29 % 110
        end = (x + reach * math.cos(angle), y + reach * math.sin(angle) * 0.8)
        draw.line((x, y, *end), fill=(220, 232, 240), width=3)
    draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=(230, 240, 246))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
