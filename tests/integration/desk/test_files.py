"""Files over HTTP: who may have them, how much at once, and what a browser may do with them."""

from __future__ import annotations

import io

import pytest

from appliance import db
from appliance.models import File, Rendition, Team, Ticket, now
from appliance.services import blobs
from tests.integration.desk.conftest import Browser, House

SIZE = (5 << 20) + 123
FILM = bytes(range(256)) * (SIZE // 256) + b"x" * (SIZE % 256)


@pytest.fixture
def film(house: House, owner: Browser) -> int:
    """A customer's film with its playable rendition; answers the file's id."""
    house.write({"chat": 1, "id": 1, "text": "look", "file": "f1", "kind": "photo", "file_name": 'до"к\r\nумент.html'})
    playable = blobs.put(lambda target: _pour(target, FILM))
    original = blobs.put(lambda target: _pour(target, b"<script>alert(1)</script>"))
    with db.write() as session:
        file = session.query(File).one()
        file.state, file.sha256, file.size = "ready", original.sha256, original.size
        for kind, blob in (("playable", playable), ("outgoing", playable)):
            session.add(Rendition(file_id=file.id, kind=kind, mime="video/mp4", sha256=blob.sha256, size=blob.size))
        return file.id


def _pour(target: object, content: bytes) -> None:
    assert hasattr(target, "write")
    target.write(content)


def test_an_original_is_always_a_download(owner: Browser, film: int) -> None:
    answer = owner.get(f"/files/{film}")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "\r" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.data == b"<script>alert(1)</script>"


def test_a_rendition_is_kept_for_a_year_and_sandboxed(owner: Browser, film: int) -> None:
    answer = owner.get(f"/files/{film}/playable")
    assert answer.mimetype == "video/mp4"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.data == FILM


def test_an_open_range_gets_two_mebibytes(owner: Browser, film: int) -> None:
    answer = owner.get(f"/files/{film}/playable", Range="bytes=0-")
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 0-{(2 << 20) - 1}/{SIZE}"
    assert answer.data == FILM[: 2 << 20]


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        # What an iPhone asks first.
        ("bytes=0-1", 0, 2),
        ("bytes=100-199", 100, 200),
        ("bytes=-500", SIZE - 500, SIZE),
        (f"bytes={SIZE - 10}-", SIZE - 10, SIZE),
        (f"bytes=10-{SIZE * 3}", 10, 10 + (2 << 20)),
    ],
)
def test_a_range_is_answered_exactly(owner: Browser, film: int, wanted: str, start: int, stop: int) -> None:
    answer = owner.get(f"/files/{film}/playable", Range=wanted)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert int(answer.headers["Content-Length"]) == stop - start
    assert answer.data == FILM[start:stop]


def test_a_range_beyond_the_end_is_refused(owner: Browser, film: int) -> None:
    answer = owner.get(f"/files/{film}/playable", Range=f"bytes={SIZE}-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "pages=1-2", "bytes=x-y", "bytes=9-1"])
def test_what_is_no_single_range_gets_the_whole(owner: Browser, film: int, wanted: str) -> None:
    answer = owner.get(f"/files/{film}/playable", Range=wanted)
    assert answer.status_code in (200, 416)
    assert answer.status_code == 416 or answer.data == FILM


def test_head_tells_the_size_without_the_bytes(owner: Browser, film: int) -> None:
    answer = owner.client.head(f"/files/{film}/playable", buffered=True)
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == SIZE


def test_the_head_of_a_range_is_the_head_of_the_whole(owner: Browser, film: int) -> None:
    answer = owner.client.head(f"/files/{film}/playable", headers={"Range": "bytes=5-9"}, buffered=True)
    assert (answer.status_code, int(answer.headers["Content-Length"])) == (200, SIZE)


def test_what_a_browser_has_is_not_sent_again(owner: Browser, film: int) -> None:
    first = owner.get(f"/files/{film}/playable")
    etag = first.headers["ETag"]
    again = owner.get(f"/files/{film}/playable", If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_a_stretch_of_another_version_is_the_whole_of_this_one(owner: Browser, film: int) -> None:
    etag = owner.get(f"/files/{film}/playable").headers["ETag"]
    assert owner.get(f"/files/{film}/playable", Range="bytes=0-9", If_Range='"other"').status_code == 200
    assert owner.get(f"/files/{film}/playable", Range="bytes=0-9", If_Range=etag).data == FILM[:10]


@pytest.mark.parametrize(
    ("said", "served", "shown"),
    [
        ("image/jpeg", "image/jpeg", "inline"),
        ("image/webp", "image/webp", "inline"),
        ("image/png", "image/png", "inline"),
        ("audio/mp4; codecs=mp4a.40.2", "audio/mp4", "inline"),
        ("audio/mpeg", "audio/mpeg", "inline"),
        ("text/plain", "text/plain; charset=utf-8", "inline"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("application/pdf", "application/octet-stream", "attachment"),
        ("", "application/octet-stream", "attachment"),
    ],
)
def test_only_types_of_our_own_table_are_shown(owner: Browser, film: int, said: str, served: str, shown: str) -> None:
    with db.write() as session:
        session.query(Rendition).filter_by(kind="playable").one().mime = said
    answer = owner.get(f"/files/{film}/playable", Range="bytes=0-9")
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (served, shown)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_original_that_was_let_go_says_so(house: House, owner: Browser, film: int) -> None:
    with db.write() as session:
        file = session.get_one(File, film)
        file.dropped_at, file.sha256 = now(), ""
    answer = owner.get(f"/files/{film}")
    assert answer.status_code == 410
    assert "No longer kept" in answer.text
    assert owner.get(f"/files/{film}/playable").data == FILM
    message = house.last_message()
    assert f'href="/files/{film}"' not in owner.fragment(f"/messages/{message.id}").text


def test_nothing_in_a_ticket_leads_to_an_original_that_was_let_go(house: House, owner: Browser, film: int) -> None:
    ticket = f"/t/{house.last_message().ticket_id}"
    assert f'href="/files/{film}"' in owner.get(ticket).text
    with db.write() as session:
        file = session.get_one(File, film)
        file.dropped_at, file.sha256 = now(), ""
    page = owner.get(ticket).text
    assert f'href="/files/{film}"' not in page
    assert "The original is no longer kept." in page


def test_what_was_made_for_the_messenger_is_not_shown(owner: Browser, film: int) -> None:
    assert owner.get(f"/files/{film}/outgoing").status_code == 404
    assert owner.get(f"/files/{film}/../../etc").status_code == 404


def test_who_may_not_see_the_ticket_gets_no_file(house: House, owner: Browser, film: int) -> None:
    olga = house.hire("olga")
    assert olga.get(f"/files/{film}").status_code == 200
    with db.write() as session:
        team = Team(name="Accounts")
        session.add(team)
        session.flush()
        session.get_one(Ticket, 1001).team_id = team.id
    for address in (f"/files/{film}", f"/files/{film}/playable"):
        assert olga.get(address).status_code == 404
        assert owner.get(address).status_code == 200


def test_an_unsent_upload_is_its_uploaders_alone(house: House, owner: Browser) -> None:
    uploaded = owner.post("/uploads", file=(io.BytesIO(b"draft"), "a.txt", "text/plain")).json
    assert uploaded is not None
    assert owner.get(f"/files/{uploaded['id']}").data == b"draft"
    assert house.hire("olga").get(f"/files/{uploaded['id']}").status_code == 404
