"""What a bench found: a figure with its bar, for people and for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """`figure` in `unit` ('×' for a ratio) may be `bar` at most; without a bar it is told for what it is worth.
    `detail`: what the figure was made of."""

    name: str
    figure: float
    unit: str
    bar: float | None = None
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.bar is None or self.figure <= self.bar


def format_table(rows: Sequence[Row]) -> str:
    lines = [f"{'':44}{'figure':>12}{'at most':>12}"]
    for row in rows:
        bar = "" if row.bar is None else f"{row.bar:.2f} {row.unit}"
        verdict = "" if row.bar is None else ("ok" if row.met else "MISSED")
        lines.append(f"{row.name:44}{f'{row.figure:.2f} {row.unit}':>12}{bar:>12}  {verdict:6}  {row.detail}".rstrip())
    return "\n".join(lines)


def describe(subject: str, rows: Sequence[Row]) -> str:
    """JSON with the machine it was measured on."""
    machine = {"processors": os.cpu_count(), "architecture": platform.machine(), "load": os.getloadavg()[0]}
    found = [{**asdict(row), "met": row.met} for row in rows]
    whole = {"bench": subject, "machine": machine, "rows": found, "met": all(row.met for row in rows)}
    return json.dumps(whole, indent=2, ensure_ascii=False)
