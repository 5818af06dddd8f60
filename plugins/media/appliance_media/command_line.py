"""`appliance media …`: how films are encoded, how the work stands, and all of it once more."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from appliance import FILE_KINDS, FileSum, PartKind, box
from appliance_media import choice, estimate, gate, trial
from appliance_media.reasons import Refused

TRY_AGAIN = 75  # EX_TEMPFAIL
CANNOT = 70  # EX_SOFTWARE


@click.group("media")
def media() -> None:
    """See how films are encoded, and have files prepared again."""


@media.command("choose-encoder")
@click.option("--if-needed", is_flag=True, help="Only when there is no choice yet, or it is out of date.")
def choose_encoder(if_needed: bool) -> None:
    """Try how fast this box encodes, and choose what suits it; takes some seconds."""
    if if_needed and choice.stored() is not None:
        return
    try:
        trials = trial.choose(_folder())
    except gate.Busy:
        _leave("something is being encoded now; try again later", TRY_AGAIN)
    except Refused as refused:
        _leave(f"ffmpeg does not work: {refused}", CANNOT)
    click.echo(f"{'':28}{'speed':>8}{'needed':>8}")
    for tried in trials:
        speed, needed = f"{tried.choice.speed:.1f} x", f"{tried.bar:.1f} x" if tried.bar else ""
        click.echo(f"{tried.choice.words:28}{speed:>8}{needed:>8}  {tried.note}".rstrip())
    click.echo(f"Films are encoded with {trials[-1].choice.words}.")


@media.command("status")
def status() -> None:
    """What encodes films here, and what waits, is being prepared or has failed."""
    click.echo(_describe_choice())
    sums = box().file_sums()
    for making, words in (("running", "being prepared"), ("waiting", "waiting"), ("failed", "failed")):
        click.echo(f"{_count(item for item in sums if item.making == making):>6} {words}")
    if gate.is_taken():
        click.echo("A film is being encoded.")


@media.command("reencode")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(FILE_KINDS), help="Only these kinds; repeatable.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only files that came on that day (UTC) or later.")
@click.option("--failed", is_flag=True, help="Only files that could not be prepared.")
@click.option("--dry-run", is_flag=True, help="Say how many, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reencode(kinds: tuple[PartKind, ...], since: datetime | None, failed: bool, dry_run: bool, yes: bool) -> None:
    """Have what pages show made anew. Until it is there, they show what there is."""
    day = since.replace(tzinfo=UTC) if since else None
    states = ("failed",) if failed else ("", "failed")
    found = [item for item in box().file_sums(kinds, day) if item.making in states]
    number = _count(found)
    click.echo(f"{number} files; about {estimate.in_words(_seconds(found))} at most, while the desk goes on working.")
    if dry_run or not number:
        return
    if not yes and not click.confirm("Prepare them again?"):
        return
    begun = box().prepare_again(kinds, only_failed=failed, since=day)
    click.echo(f"{begun} files wait to be prepared; appliance media status shows how far it is.")


def _folder() -> Path:
    return box().folder("media")


def _seconds(found: Sequence[FileSum]) -> float:
    speed = choice.current().speed
    return sum(estimate.seconds_for(item, speed) for item in found)


def _count(sums: Iterable[FileSum]) -> int:
    return sum(item.files for item in sums)


def _describe_choice() -> str:
    found = choice.stored()
    if found is None:
        return f"Films are encoded with {choice.SAFE.words}: this box has not been tried yet."
    return f"Films are encoded with {found.words}: {found.speed:.1f} x real time, tried {found.at}."


def _leave(words: str, code: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)
