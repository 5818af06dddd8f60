"""A customer's file comes to the box."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import File
from appliance.services import blobs, fetching, files
from appliance.values import Actor, SendError
from tests.plain_channel import FILE_BYTES
from tests.unit.services.conftest import Desk


def file() -> File:
    with db.session() as session:
        return session.scalars(select(File)).one()


def test_a_file_is_fetched_and_may_be_downloaded(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "file": "f1", "file_name": "bill.pdf"})
    (number,) = fetching.due()
    fetching.fetch(number)
    assert file().state == "ready"
    found = files.servable(number, desk.agent)
    assert (found.size, found.name, found.inline) == (len(FILE_BYTES), "bill.pdf", False)


def test_a_stranger_may_not_download_it(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "file": "f1"})
    fetching.fetch(1)
    with pytest.raises(blobs.Gone):
        files.servable(1, Actor("contact", 1))


def test_a_passing_failure_is_tried_again(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "file": "f1"})
    desk.outside.failures = [SendError("network")]
    fetching.fetch(1)
    assert (file().state, file().error_code) == ("waiting", "network")
    fetching.fetch(1)
    assert file().state == "ready"


def test_a_permanent_failure_is_said(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "file": "f1"})
    desk.outside.failures = [SendError("file_gone", permanent=True)]
    fetching.fetch(1)
    assert (file().state, file().error_code) == ("failed", "file_gone")


def test_a_file_over_the_limit_is_never_asked_for(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "file": "f1", "size": 48 << 20})
    assert file().state == "too_large"
    assert fetching.due() == []
