"""index.html: every picture small, each page a row of its variants, with what was found beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

HEAD = """<!doctype html><meta charset="utf-8"><title>Pictures</title>
<style>
body { font: 14px system-ui; margin: 16px; background: #777; color: #fff }
section { margin: 0 0 32px } h2 { margin: 8px 0 }
.row { display: flex; gap: 12px; flex-wrap: wrap; align-items: flex-start }
figure { margin: 0 } img { max-height: 420px; max-width: 640px; display: block } li { color: #ffd }
a { color: inherit }
</style>
"""


def write(out: Path, names: Iterable[str], folders: Sequence[str], complaints: Sequence[str]) -> None:
    """`names` in the order they are to stand."""
    parts = [HEAD]
    for name in names:
        found = [f"{folder}/{name}.png" for folder in folders if (out / folder / f"{name}.png").exists()]
        said = [line for line in complaints if f"/{name}: " in line]
        shown = "".join(
            f'<figure><a href="{path}"><img loading="lazy" src="{path}" alt=""></a>'
            f"<figcaption>{path}</figcaption></figure>"
            for path in found
        )
        items = "".join(f"<li>{escape(line)}</li>" for line in said)
        parts.append(f'<section id="{name}"><h2>{name}</h2><ul>{items}</ul><div class="row">{shown}</div></section>\n')
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text("".join(parts), "utf-8")
