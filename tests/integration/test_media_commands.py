"""`appliance media …`, on a box with files of several kinds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from appliance import box, db
from appliance.models import File, Rendition, now
from appliance_media import choice, gate
from appliance_media.command_line import media
from tests.integration.conftest import Site

OLD = timedelta(days=60)


def call(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(media, arguments, input=typed)


@pytest.fixture
def files(site: Site) -> None:
    with db.write() as session:
        for kind, making, seconds, at in (
            ("video", "", 90.0, now()),
            ("video", "", 600.0, now() - OLD),
            ("voice", "", 30.0, now()),
            ("voice", "failed", None, now()),
            ("document", "quick", None, now()),
        ):
            made = File(kind=kind, state="ready", making=making, duration=seconds, created_at=at, failure="x")
            session.add(made)
            session.flush()
            session.add(Rendition(file_id=made.id, kind="poster", sha256="", mime="image/jpeg", size=0))


def waiting() -> list[tuple[str, float | None]]:
    query = select(File.kind, File.duration).where(File.making == "quick", File.kind != "document").order_by(File.id)
    with db.session() as session:
        return [(row.kind, row.duration) for row in session.execute(query)]


def test_status_tells_what_waits_and_what_failed(files: None) -> None:
    said = call("status").output
    assert "libx264 veryfast, 720 lines: this box has not been tried yet" in said
    assert "     1 waiting\n     1 failed\n" in said
    assert "being encoded" not in said
    with gate.alone(patient=False):
        assert "A film is being encoded." in call("status").output


def test_a_dry_run_says_how_many_and_changes_nothing(files: None) -> None:
    said = call("reencode", "--dry-run").output
    assert said.startswith("4 files; about 23 minutes at most")
    assert waiting() == []


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), [("video", 90.0), ("video", 600.0), ("voice", 30.0), ("voice", None)]),
        (("--kind", "video"), [("video", 90.0), ("video", 600.0)]),
        (("--kind", "voice", "--kind", "photo"), [("voice", 30.0), ("voice", None)]),
        (("--failed",), [("voice", None)]),
        (("--kind", "video", "--since", (now() - timedelta(days=2)).strftime("%Y-%m-%d")), [("video", 90.0)]),
    ],
)
def test_it_prepares_again_what_was_asked_for(
    files: None, arguments: tuple[str, ...], found: list[tuple[str, float | None]]
) -> None:
    done = call("reencode", *arguments, "--yes")
    assert done.exit_code == 0, done.output
    assert f"{len(found)} files wait to be prepared" in done.output
    assert waiting() == found
    with db.session() as session:
        assert len(session.scalars(select(Rendition)).all()) == 5


def test_it_asks_first(files: None) -> None:
    assert "Prepare them again? [y/N]" in call("reencode", typed="n\n").output
    assert waiting() == []


def test_nothing_to_do_asks_nothing(site: Site) -> None:
    assert call("reencode").output.startswith("0 files")


def test_the_self_test_says_what_it_tried_and_is_not_repeated_without_need(site: Site) -> None:
    said = call("choose-encoder").output
    assert "libx264 veryfast, 720 lines" in said
    assert "Films are encoded with libx264" in said
    found = choice.stored()
    assert found is not None
    assert call("choose-encoder", "--if-needed").output == ""
    assert f"tried {found.at}" in call("status").output
    (box().folder("media") / choice.FILE).write_text("{")
    assert "has not been tried yet" in call("status").output


def test_the_self_test_does_not_disturb_what_is_being_encoded(site: Site) -> None:
    with gate.alone(patient=False):
        done = call("choose-encoder")
    assert (done.exit_code, "try again later" in done.output) == (75, True)
