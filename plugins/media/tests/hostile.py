"""Files somebody sends to read another customer's film, to reach another machine, or to bring the box down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PIL import Image

from plugins.media.tests import bombs, paper
from plugins.media.tests.handmade import box

SCRIPT = b"<script>alert(1)</script>"
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n{more}#EXTINF:2,\n{address}\n#EXT-X-ENDLIST\n"
# Ways to name another file, or another machine, in a few lines of text; `{address}` is where it leads.
SCRIPTS: dict[str, str] = {
    "hls": HLS.replace("{more}", ""),
    "hls_key": HLS.replace("{more}", '#EXT-X-KEY:METHOD=AES-128,URI="{address}"\n'),
    "hls_map": HLS.replace("{more}", '#EXT-X-MAP:URI="{address}"\n'),
    "hls_master": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9000\n{address}\n",
    "hls_concat": HLS.replace("{more}", "").replace("{address}", "concat:{address}|{address}"),
    "hls_subfile": HLS.replace("{more}", "").replace("{address}", "subfile,,start,0,end,90000,,:{address}"),
    "concat": "ffconcat version 1.0\nfile '{address}'\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT2S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" '
    'bandwidth="9000"><BaseURL>{address}</BaseURL></Representation></AdaptationSet></Period></MPD>',
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\na=control:{address}\n"
    "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">'
    '<script>alert(1)</script><image href="{address}" xlink:href="{address}" width="90" height="90"/></svg>',
}


class Files(Protocol):
    """The corpus: a path for a name."""

    def __getitem__(self, name: str) -> Path: ...

    def encode(self, arguments: list[str], path: Path) -> None: ...


Maker = Callable[[Files, Path], object]


def _write(script: str, name: str) -> Maker:
    """A script that leads to a file of the corpus."""
    return lambda files, path: path.write_text(SCRIPTS[script].replace("{address}", f"file://{files[name]}"))


def _cut(files: Files, path: Path) -> None:
    path.write_bytes(files["index_last.mp4"].read_bytes()[:20000])


def _cut_but_playable(files: Files, path: Path) -> None:
    data = files["plain.mp4"].read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def _archive(_files: Files, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", bytes(1 << 20))


def _double_jpeg(_files: Files, path: Path) -> None:
    """A picture to one program, a page or an archive to another."""
    picture, archive = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (80, 60), "blue").save(picture, "JPEG", comment=SCRIPT)
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("page.html", SCRIPT)
    path.write_bytes(picture.getvalue() + SCRIPT + archive.getvalue())


def _double_film(files: Files, path: Path) -> None:
    path.write_bytes(files["plain.mp4"].read_bytes() + box(b"free", SCRIPT))


def _film_with_fonts(files: Files, path: Path) -> None:
    font = path.with_suffix(".ttf")
    font.write_bytes(SCRIPT * 100)
    attached = ["-attach", str(font), "-metadata:s:t", "mimetype=application/x-truetype-font"]
    files.encode(["-i", str(files["plain.mkv"]), "-c", "copy", *attached], path)
    font.unlink()


def _words_only(files: Files, path: Path) -> None:
    words = path.with_suffix(".srt")
    words.write_text("1\n00:00:00,000 --> 00:00:02,000\nNothing to see\n")
    files.encode(["-i", str(words), "-c:s", "srt"], path)
    words.unlink()


def _covered(files: Files, path: Path) -> None:
    cover = path.with_suffix(".cover.jpg")
    Image.new("RGB", (300, 300), "green").save(cover)
    both = ["-i", str(files["song.mp3"]), "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c", "copy"]
    files.encode([*both, "-disposition:v", "attached_pic"], path)
    cover.unlink()


def _covered_aac(files: Files, path: Path) -> None:
    both = ["-i", str(files["memo.m4a"]), "-i", str(files["covered.mp3"]), "-map", "0:a", "-map", "1:v", "-c", "copy"]
    files.encode([*both, "-disposition:v", "attached_pic"], path)


def _crowd(_files: Files, path: Path) -> None:
    """A moving picture of more frames than any sticker has."""
    frames = [Image.new("RGBA", (8, 8), (number % 256, number // 256, 9, 90)) for number in range(260)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=20)


# Nothing may ever be made of these: how long it takes to find that out is what limits are for.
BOMBS: dict[str, Maker] = {
    "wide.jpg": lambda files, path: bombs.write_wide_jpeg(path),
    "huge.png": lambda files, path: bombs.write_huge_png(path),
    "many_frames.gif": lambda files, path: bombs.write_gif_of_many_frames(path),
    "many_frames.webp": lambda files, path: bombs.write_webp_of_many_frames(path),
    "bomb.tgs": lambda files, path: bombs.write_gzip_bomb(path),
    "giant.flv": lambda files, path: bombs.write_giant_film(path),
    "endless.mp4": lambda files, path: bombs.write_endless_film(files["plain.mp4"], path),
    "no_streams.mp4": lambda files, path: bombs.write_empty_film(path),
}
MAKERS: dict[str, Maker] = {
    "playlist.m3u8": _write("hls", "interlaced.ts"),
    "playlist.mp4": _write("hls", "interlaced.ts"),
    "playlist.bin": _write("hls", "interlaced.ts"),
    "playlist": _write("hls", "interlaced.ts"),
    "concat.mp4": _write("concat", "interlaced.ts"),
    "drawing.svg": _write("svg", "photo.jpg"),
    "cut.mp4": _cut,
    "cut_late.mp4": _cut_but_playable,
    "cut.jpg": lambda files, path: path.write_bytes(files["photo.jpg"].read_bytes()[:2000]),
    "empty.mp4": lambda files, path: path.write_bytes(b""),
    "letter.mp4": lambda files, path: path.write_text("Dear customer,\n" * 400),
    "page.jpg": lambda files, path: path.write_bytes(b"<html>" + SCRIPT + b"</html>"),
    "archive.zip": _archive,
    "double.jpg": _double_jpeg,
    "double.mp4": _double_film,
    "double.gif": lambda files, path: path.write_bytes(b"GIF89a/*" + SCRIPT + b"*/=1;"),
    "fonts.mkv": _film_with_fonts,
    "words.mkv": _words_only,
    "covered.mp3": _covered,
    "covered.m4a": _covered_aac,
    "crowd.png": _crowd,
    "drawn_sticker.tgs": lambda files, path: paper.write_sticker(path, paper.draw_ball()),
    "three_pages.pdf": lambda files, path: paper.write_pdf(path, 3),
    "book.pdf": lambda files, path: paper.write_pdf(path, 23),
    "locked.pdf": lambda files, path: paper.write_pdf(path, 3, locked=True),
    "broken.pdf": lambda files, path: path.write_bytes(b"%PDF-1.7\n" + bytes(500)),
    **BOMBS,
}
