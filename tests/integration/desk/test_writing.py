"""Sending, drafts, reading, attaching."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from appliance import db
from appliance.models import Delivery, Message, Part, TicketRead
from appliance.services import drafts, files
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})


def deliveries() -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(Delivery)) or 0


def test_a_reply_answers_with_its_bubble(house: House, owner: Browser) -> None:
    answer = owner.post("/t/1001/messages", mode="reply", text="We come <b>at noon</b>")
    text = answer.get_data(as_text=True)
    assert f'id="m{answer.headers["X-Message"]}"' in text
    assert "We come &lt;b&gt;at noon&lt;/b&gt;" in text
    assert deliveries() == 1


def test_a_note_never_leaves(house: House, owner: Browser) -> None:
    owner.post("/t/1001/messages", mode="note", text="They are angry")
    assert house.last_message().kind == "note"
    assert deliveries() == 0


@pytest.mark.parametrize("mode", ["", "letter", "Reply"])
def test_what_is_not_clearly_a_reply_stays_inside(house: House, owner: Browser, mode: str) -> None:
    owner.post("/t/1001/messages", mode=mode, text="who reads this?")
    assert house.last_message().kind == "note"
    assert deliveries() == 0


def test_line_breaks_of_forms_become_plain_ones(house: House, owner: Browser) -> None:
    owner.post("/t/1001/messages", mode="reply", text="one\r\ntwo")
    assert house.last_message().text == "one\ntwo"


def test_nothing_is_not_sent(house: House, owner: Browser) -> None:
    answer = owner.post("/t/1001/messages", mode="reply", text="  ")
    assert answer.status_code == 409
    assert answer.get_data(as_text=True) == "Write something or attach a file first."


def test_sending_clears_the_draft_of_its_mode_only(house: House, owner: Browser) -> None:
    assert owner.post("/t/1001/drafts/reply", text="for Anna", version="1").json == {"text": None, "version": 1}
    owner.post("/t/1001/drafts/note", text="for Olga", version="1")
    answer = owner.post("/t/1001/messages", mode="reply", text="for Anna")
    with db.session() as session:
        held = drafts.of_ticket(session, 1001, owner.actor)
    assert held["reply"] == drafts.SavedDraft("", int(answer.headers["X-Draft-Version"]))
    assert held["note"].text == "for Olga"


def test_a_save_that_was_overtaken_is_told_what_is_held(house: House, owner: Browser) -> None:
    owner.post("/t/1001/drafts/reply", text="later", version="7")
    answer = owner.post("/t/1001/drafts/reply", text="earlier", version="3")
    assert answer.status_code == 409
    assert answer.json == {"text": "later", "version": 7}


@pytest.mark.parametrize("version", ["0", "-1", "x", str(1 << 60)])
def test_an_odd_version_is_refused(house: House, owner: Browser, version: str) -> None:
    assert owner.post("/t/1001/drafts/reply", text="a", version=version).status_code == 409


def test_a_beacon_brings_its_token_in_the_form(house: House, owner: Browser) -> None:
    form = {"csrf_token": owner.token, "text": "last words", "version": "1"}
    assert owner.client.post("/t/1001/drafts/reply", data=form).status_code == 200


def test_reading_is_remembered(house: House, owner: Browser) -> None:
    message = house.last_message().id
    assert owner.post("/t/1001/read", message=str(message)).status_code == 204
    with db.session() as session:
        assert session.get_one(TicketRead, (1001, owner.agent_id)).message_id == message


def test_attached_files_go_as_what_was_chosen(house: House, owner: Browser) -> None:
    photo = owner.upload(b"bytes of a picture", "till.jpg", "image/jpeg").json
    paper = owner.upload(b"bytes of a paper", "../../bill.pdf", "application/pdf").json
    assert photo is not None
    assert paper is not None
    assert (photo["kind"], paper["kind"], paper["name"]) == ("photo", "document", "bill.pdf")
    owner.post(
        "/t/1001/messages",
        mode="reply",
        text="here",
        file=[str(photo["id"]), str(paper["id"])],
        kind=["document", "document"],
    )
    with db.session() as session:
        parts = session.scalars(select(Part).where(Part.message_id == house.last_message().id)).all()
    assert [(part.kind, part.file_id, part.text) for part in parts] == [
        ("document", photo["id"], "here"),
        ("document", paper["id"], ""),
    ]


@pytest.mark.parametrize(
    ("meant", "taken"), [("video_note", "video_note"), ("", "video"), ("text", "video"), ("x", "video")]
)
def test_a_file_is_kept_as_what_it_was_meant(house: House, owner: Browser, meant: str, taken: str) -> None:
    answer = owner.upload(b"bytes of a recording", "round.webm", "video/webm;codecs=vp8", kind=meant).json
    assert answer is not None
    assert answer["kind"] == taken
    owner.post("/t/1001/messages", mode="note", text="", file=str(answer["id"]))
    with db.session() as session:
        kinds = session.scalars(select(Part.kind).where(Part.message_id == house.last_message().id)).all()
    assert kinds == [taken]


def test_a_colleagues_upload_cannot_be_sent(house: House, owner: Browser) -> None:
    theirs = house.hire("olga").upload(b"theirs", "a.txt", "text/plain").json
    assert theirs is not None
    answer = owner.post("/t/1001/messages", mode="reply", text="x", file=str(theirs["id"]), kind="document")
    assert answer.status_code == 409
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_file_over_the_limit_is_refused_in_words(
    house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UPLOAD_LIMIT", 1 << 20)
    answer = owner.upload(b"x" * ((1 << 20) + 1), "film.mp4", "video/mp4")
    assert answer.status_code == 413
    assert "1 MB" in answer.get_data(as_text=True)
    assert owner.upload(b"x" * (1 << 20), "film.mp4", "video/mp4").status_code == 200
