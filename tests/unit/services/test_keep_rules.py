"""What keep-rules let go, and what they never do."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Event, File, Rendition
from appliance.services import blobs, files, keep_rules, letting_go, reclaiming, settings
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk
from tests.unit.services.filed import deliver, file, file_in, is_here, sent_by

RULE = {"video": 90}


def switch_on(**days: int) -> None:
    for group, limit in days.items():
        settings.set(keep_rules.setting(group), str(limit), SYSTEM)


def names_in(plan: keep_rules.Plan) -> list[int]:
    return [leaving.file_id for leaving in plan.largest]


def test_without_a_rule_nothing_goes(desk: Desk) -> None:
    number = file_in(sent_by(desk), b"film")
    assert keep_rules.plan(keep_rules.chosen()) == keep_rules.Plan(0, 0, ())
    assert letting_go.apply() == letting_go.LetGo()
    assert file(number).dropped_at is None


def test_an_original_goes_and_what_was_made_of_it_stays(desk: Desk) -> None:
    number = file_in(sent_by(desk), b"film")
    name = file(number).sha256
    switch_on(video=90)
    assert letting_go.apply() == letting_go.LetGo(1, 4)
    assert not is_here(name)
    assert file(number).dropped_at is not None
    with pytest.raises(files.Dropped):
        files.servable(number, SYSTEM)
    with blobs.open_blob(files.servable(number, SYSTEM, "playable").sha256) as stream:
        assert stream.read() == b"made of film"
    assert letting_go.apply() == letting_go.LetGo()


def test_a_dry_run_says_what_would_go_and_changes_nothing(desk: Desk) -> None:
    message = sent_by(desk)
    small, large = file_in(message, b"1"), file_in(message, b"22222", name="hall.mp4")
    plan = keep_rules.plan(RULE)
    assert (plan.count, plan.freed, names_in(plan)) == (2, 6, [large, small])
    assert (plan.largest[0].name, plan.largest[0].ticket_id) == ("hall.mp4", 1001)
    assert keep_rules.plan({"video": 101}).count == 0
    assert keep_rules.plan({"photo": 1, "voice": 1, "document": 1}).count == 0
    assert is_here(file(small).sha256)


def test_each_kind_has_its_rule(desk: Desk) -> None:
    message = sent_by(desk)
    known = {kind: file_in(message, kind.encode(), kind=kind) for kind in ("photo", "voice", "document", "video_note")}
    for group, kind in (("photo", "photo"), ("voice", "voice"), ("document", "document"), ("video", "video_note")):
        assert names_in(keep_rules.plan({group: 90})) == [known[kind]]


@pytest.mark.parametrize(
    "facts",
    [
        {"shown": ""},
        {"shown": "poster"},
        {"shown": "outgoing"},
        {"making": "slow"},
        {"making": "failed"},
        {"state": "waiting"},
        {"days": 80},
    ],
)
def test_what_is_needed_is_kept(desk: Desk, facts: dict[str, str]) -> None:
    number = file_in(sent_by(desk), b"film", **facts)  # type: ignore[arg-type]
    switch_on(video=90)
    assert letting_go.apply().count == 0
    assert is_here(file(number).sha256)


def test_an_upload_that_was_never_sent_is_kept(desk: Desk) -> None:
    file_in(None, b"draft", uploaded_by=desk.agent.id)
    switch_on(video=90)
    assert letting_go.apply().count == 0


@pytest.mark.parametrize("state", ["queued", "sending", "failed", "uncertain", "blocked"])
def test_what_may_still_leave_is_kept(desk: Desk, state: str) -> None:
    message = sent_by(desk)
    file_in(message, b"film")
    deliver(message, state)
    switch_on(video=90)
    assert letting_go.apply().count == 0


def test_what_was_sent_goes(desk: Desk) -> None:
    message = sent_by(desk)
    file_in(message, b"film")
    deliver(message, "sent")
    switch_on(video=90)
    assert letting_go.apply().count == 1


def test_bytes_that_another_file_needs_stay(desk: Desk) -> None:
    message = sent_by(desk)
    old, young = file_in(message, b"the same"), file_in(message, b"the same", days=1)
    assert keep_rules.plan(RULE).freed == 0
    switch_on(video=90)
    assert letting_go.apply() == letting_go.LetGo(1, 0)
    assert (file(old).sha256, is_here(file(young).sha256)) == ("", True)


def test_bytes_that_are_a_rendition_as_well_stay(desk: Desk) -> None:
    number = file_in(sent_by(desk), b"song", kind="audio")
    with db.write() as session:
        made = session.query(Rendition).one()
        made.sha256 = session.get_one(File, number).sha256
    assert keep_rules.plan({"voice": 90}).freed == 0
    switch_on(voice=90)
    assert letting_go.apply() == letting_go.LetGo(1, 0)
    assert is_here(files.servable(number, SYSTEM, "playable").sha256)


def test_an_upload_of_the_same_bytes_meanwhile_is_there_afterwards(desk: Desk) -> None:
    """Brought after the row has let go, before the bytes have gone: as an upload at that moment does."""
    number = file_in(sent_by(desk), b"film")
    name = file(number).sha256
    assert letting_go._forget([number], RULE) == [name]
    assert blobs.put(lambda target: target.write(b"film")).sha256 == name
    assert reclaiming.reclaim([name]) == (0, 0)
    assert is_here(name)


def test_what_changed_since_it_was_found_stays(desk: Desk) -> None:
    message = sent_by(desk)
    number = file_in(message, b"film")
    found = keep_rules.oldest(RULE, 10)
    deliver(message, "queued")
    assert (found, letting_go._forget(found, RULE)) == ([number], [])


def test_a_run_goes_in_portions_and_is_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letting_go, "PORTION", 2)
    message = sent_by(desk)
    for content in b"12345":
        file_in(message, bytes([content]))
    switch_on(video=90)
    stop = threading.Event()
    assert letting_go.apply(portions=1) == letting_go.LetGo(2, 2)
    stop.set()
    assert letting_go.apply(stop=stop) == letting_go.LetGo()
    assert letting_go.apply() == letting_go.LetGo(3, 3)
    with db.session() as session:
        told = list(session.scalars(select(Event.after).where(Event.kind == "originals_let_go")))
    assert told == [{"count": 2, "freed": 2, "days": RULE}, {"count": 3, "freed": 3, "days": RULE}]
