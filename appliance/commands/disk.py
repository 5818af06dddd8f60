"""`appliance disk`"""

from __future__ import annotations

import click

from appliance.commands.opening import opened_box
from appliance.services import disk_use, keep_rules, letting_go, reclaiming
from appliance.services.disk_use import DiskUse
from appliance.services.keep_rules import Plan
from appliance.values import SYSTEM

# Until nothing is left to do.
NO_END = 1_000_000


@click.command("disk")
@click.option("--dry-run", is_flag=True, help="Say what the rules would let go now; nothing changes.")
@click.option("--apply", "apply_rules", is_flag=True, help="Let it go now, and not a little each hour.")
@click.option("--video", type=click.IntRange(0), help="With --dry-run: as if videos were kept this many days.")
@click.option("--photo", type=click.IntRange(0), help="With --dry-run: the same for photos.")
@click.option("--voice", type=click.IntRange(0), help="With --dry-run: the same for voices and sounds.")
@click.option("--document", type=click.IntRange(0), help="With --dry-run: the same for documents.")
def command(dry_run: bool, apply_rules: bool, **days: int | None) -> None:
    """Say what fills the disk. Rules are settings: `appliance set keep_video_days 90`; 0 keeps for ever."""
    given = {group: count for group, count in days.items() if count is not None}
    if dry_run and apply_rules:
        raise click.UsageError("choose one of --dry-run and --apply")
    if given and not dry_run:
        raise click.UsageError("days are for --dry-run; rules are settings: appliance set keep_video_days 90")
    with opened_box() as config:
        if dry_run:
            _show_plan(keep_rules.plan({**keep_rules.chosen(), **given}))
        elif apply_rules:
            _apply()
        else:
            _show_use(disk_use.measure(config.data, SYSTEM))


def _show_use(use: DiskUse) -> None:
    click.echo(f"free\t{_megabytes(use.free)} of {_megabytes(use.total)}")
    click.echo(f"database\t{_megabytes(use.database)}")
    for part in use.kinds:
        click.echo(f"{part.group}\t{_megabytes(part.size)}\t{part.count} files")
    for who in use.contacts:
        click.echo(f"{who.name or 'contact'} ({who.contact_id})\t{_megabytes(who.size)}\t{who.count} files")
    for month in use.months:
        click.echo(f"{month.month:%Y-%m}\t{_megabytes(month.size)}\t{month.count} files")


def _show_plan(plan: Plan) -> None:
    click.echo(f"would go: {plan.count} originals, {_megabytes(plan.freed)}")
    for file in plan.largest:
        click.echo(f"{_megabytes(file.size)}\t{file.created_at:%Y-%m-%d}\t{file.kind}\t{file.ticket_id}\t{file.name}")


def _apply() -> None:
    done = letting_go.apply(SYSTEM, portions=NO_END)
    click.echo(f"let go: {done.count} originals, {_megabytes(done.freed)}")
    count, size = reclaiming.reclaim(reclaiming.orphans())
    click.echo(f"left over by nobody's file: {count}, {_megabytes(size)}")


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"
