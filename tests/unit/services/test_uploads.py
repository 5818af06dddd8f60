"""Attached files are made to fit before they leave, and no thread stands still for it."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select, update

from appliance import db, hookimpl
from appliance.models import Address, Delivery, File, Rendition
from appliance.plugins import Found, plugins
from appliance.services import blobs, files, outbox, sending
from appliance.values import Lane, MadeRendition, PartKind, Prepared, StoredFile, Workplace
from tests.unit.services.conftest import Desk


class Preparer:
    """Sends what pages show, once that is there; notes on which lanes it was asked."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    @hookimpl
    def prepare_upload(self, file: StoredFile, kind: PartKind, workplace: Workplace) -> Prepared | None:
        self.lanes.append(workplace.lane)
        with file.made("playable") as playable:
            if playable is None:
                return Prepared(unfinished=True)
            target = workplace.folder / "outgoing"
            target.write_bytes(playable.read_bytes())
        return Prepared((MadeRendition("outgoing", target, "video/mp4"),))


@pytest.fixture
def preparer(desk: Desk) -> Preparer:
    made = Preparer()
    plugins().add(made, Found("preparer", "tests.preparer", "1", "test"))
    return made


@pytest.fixture
def film(desk: Desk) -> int:
    """Attached to a reply that waits."""
    desk.write({"chat": 7, "id": 1, "text": "How do I open it?"})
    attached = files.receive(io.BytesIO(b"a film"), "film.mov", "image/jpeg", desk.agent)
    outbox.reply(1001, desk.agent, "like this", (attached,))
    return attached


def deliver() -> list[str]:
    with db.write() as session:
        session.execute(update(Delivery).values(next_try_at=None))
    with db.session() as session:
        address = session.scalars(select(Address.id)).one()
    sending.deliver(address)
    with db.session() as session:
        return list(session.scalars(select(Delivery.state)))


def test_a_reply_waits_for_a_file_that_is_still_being_prepared(desk: Desk, preparer: Preparer, film: int) -> None:
    assert deliver() == ["queued"]
    assert desk.outside.sent == []
    with db.session() as session:
        waiting = session.scalars(select(Delivery)).one()
        assert waiting.next_try_at is not None
        assert (waiting.attempts, waiting.error_code) == (0, "")
    blob = blobs.put(lambda target: target.write(b"a film that plays"))
    with db.write() as session:
        session.add(Rendition(file_id=film, kind="playable", sha256=blob.sha256, mime="video/mp4", size=blob.size))
    assert deliver() == ["sent"]
    assert desk.outside.sent == [("7", "like this")]
    with db.session() as session:
        made = session.scalars(select(Rendition).where(Rendition.kind == "outgoing")).one()
    assert made.sha256 == blob.sha256


def test_it_tells_whether_somebody_else_is_at_the_file(desk: Desk, preparer: Preparer, film: int) -> None:
    deliver()
    with db.write() as session:
        session.execute(update(File).values(making="failed"))
    deliver()
    assert preparer.lanes == ["quick", "slow"]


def test_what_others_say_is_not_held_up(desk: Desk, preparer: Preparer, film: int) -> None:
    assert deliver() == ["queued"]
    desk.write({"chat": 8, "id": 2, "text": "Is it open?", "person": "8"})
    outbox.reply(1002, desk.agent, "yes")
    with db.session() as session:
        other = session.scalars(select(Address.id).where(Address.external_id == "8")).one()
    sending.deliver(other)
    assert desk.outside.sent == [("8", "yes")]
