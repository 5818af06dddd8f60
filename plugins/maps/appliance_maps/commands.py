"""`appliance maps basemap …`: map files from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from appliance_maps.archive import Archive, Unusable
from appliance_maps.map_files import add_map_file, list_map_files, remove_map_file


@click.group("maps")
def maps() -> None:
    """Maps that need no internet."""


@maps.group("basemap")
def basemap() -> None:
    """The map files (PMTiles) that maps are drawn from."""


@basemap.command("list")
def list_files() -> None:
    """Show every map file, and why it is not used if it is not."""
    for file in list_map_files():
        click.echo(f"{file.name}\t{file.size / 1e6:.1f} MB\t{describe(file.archive) if file.archive else file.fault}")


@basemap.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(file: Path) -> None:
    """Copy FILE into the box; one of the same name is replaced."""
    try:
        added = add_map_file(file)
    except (Unusable, OSError) as error:
        click.echo(f"{file}: {error}", err=True)
        sys.exit(1)
    click.echo(f"{added.name}\t{describe(added.archive) if added.archive else added.fault}")


@basemap.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the map file NAME."""
    if not remove_map_file(name):
        click.echo(f"no map file is named {name}", err=True)
        sys.exit(1)


def describe(archive: Archive) -> str:
    west, south, east, north = archive.bounds
    return f"{archive.kind}, zooms {archive.least} to {archive.most}, {south:.2f} {west:.2f} to {north:.2f} {east:.2f}"
