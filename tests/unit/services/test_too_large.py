"""A file the messenger does not hand out: the customer hears of it once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from appliance import db
from appliance.models import Contact, File, Message
from appliance.services import answering, fetching, too_large
from appliance.values import SendError
from tests.unit.services.conftest import Desk

FILM: dict[str, Any] = {"chat": 7, "id": 1, "file": "f1", "kind": "video", "size": 48 << 20}


def notices(desk: Desk) -> list[Message]:
    """What was said about large files, after all news are dealt with."""
    while answering.follow():
        pass
    return [found for found in desk.messages() if (found.key or "").startswith("too_large")]


def speak(language: str) -> None:
    with db.write() as session:
        session.execute(update(Contact).values(language=language))


def test_the_customer_is_told_in_their_language(desk: Desk) -> None:
    desk.write(FILM)
    (said,) = notices(desk)
    assert (said.kind, said.ticket_id, said.key) == ("auto", 1001, "too_large:1")
    assert "20 МБ" in said.text
    desk.write({**FILM, "id": 2})
    speak("en")
    assert notices(desk)[1].text == too_large.FILM.format(limit=20)


def test_a_document_is_asked_for_in_parts(desk: Desk) -> None:
    desk.write({**FILM, "kind": "document"})
    speak("en")
    assert [said.text for said in notices(desk)] == [too_large.FILE.format(limit=20)]


def test_an_album_is_spoken_of_once_even_when_items_come_late(desk: Desk) -> None:
    desk.write(*({**FILM, "id": number, "album": "A"} for number in (1, 2, 3)))
    assert len(notices(desk)) == 1
    desk.write({**FILM, "id": 4, "album": "A"})
    assert len(notices(desk)) == 1
    assert len(desk.messages()) == 3  # the album, the acknowledgement, the notice


def test_an_album_whose_last_item_is_too_large_is_spoken_of(desk: Desk) -> None:
    desk.write({**FILM, "size": 9, "album": "A"})
    assert notices(desk) == []
    desk.write({**FILM, "id": 2, "album": "A"})
    assert len(notices(desk)) == 1


def test_a_size_nobody_told_is_found_out_while_fetching(desk: Desk) -> None:
    desk.write({**FILM, "size": None})
    assert notices(desk) == []
    desk.outside.failures = [SendError("too_large", permanent=True)]
    fetching.fetch(1)
    assert len(notices(desk)) == 1


def test_a_server_of_our_own_may_keep_to_the_limit_all_the_same(desk: Desk) -> None:
    desk.outside.download_limit = 0
    desk.write(FILM)
    assert notices(desk) == []
    desk.outside.failures = [SendError("too_large", permanent=True)]
    fetching.fetch(1)
    assert "20 МБ" in notices(desk)[0].text


def test_a_group_is_told_once_in_a_ticket(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.write({**FILM, "id": number})
        if number == 1:
            with db.write() as session:
                session.connection().exec_driver_sql("UPDATE address SET kind = 'group'")
    assert [said.key for said in notices(desk)] == ["too_large:group:1001"]


def test_a_kept_quiet_person_hears_nothing(desk: Desk) -> None:
    desk.write({**FILM, "text": "buy now!"})
    assert notices(desk) == []
    desk.write({**FILM, "id": 2, "album": "B"}, {**FILM, "id": 3, "album": "B"})
    assert notices(desk) == []


def test_an_advertisement_in_an_open_ticket_gets_no_answer(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "broken"})
    desk.write({**FILM, "id": 2, "text": "buy now!", "album": "A"}, {**FILM, "id": 3, "album": "A"})
    assert notices(desk) == []


def test_what_is_small_enough_is_not_spoken_of(desk: Desk) -> None:
    desk.write({**FILM, "size": 20 << 20})
    desk.outside.download_limit = 0
    desk.write({**FILM, "id": 2})
    assert notices(desk) == []
    with db.session() as session:
        assert session.scalars(select(File.state)).all() == ["waiting", "waiting"]


def test_staff_get_ready_words_in_the_customers_language(desk: Desk) -> None:
    desk.write(FILM)
    assert "20 МБ" in too_large.request(1001, "video", "", 20 << 20)
    speak("de")
    assert too_large.request(1001, "video", "", 20 << 20) == too_large.ASK_FILM.format(limit=20)
    assert too_large.request(1001, "document", "video/mp4", 20 << 20) == too_large.ASK_FILM.format(limit=20)
    assert too_large.request(1001, "document", "", 20 << 20) == too_large.ASK_FILE.format(limit=20)
