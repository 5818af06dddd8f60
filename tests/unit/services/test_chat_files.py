"""Files, media and links of a whole chat, kind by kind."""

from __future__ import annotations

import pytest

from appliance.services import chat_files, web_links
from appliance.services.conversation import ConversationError
from appliance.values import Entity
from tests.unit.services.chat_rooms import hide, speak_in_turn
from tests.unit.services.conftest import Desk
from tests.unit.services.filed import file_in


def test_each_kind_is_found_in_all_tickets_of_the_chat(desk: Desk) -> None:
    first, second = speak_in_turn(desk, 2, 2)
    ids = [message.id for message in desk.messages()]
    film, paper = file_in(ids[0], b"film"), file_in(ids[1], b"paper", kind="document", name="invoice.pdf")
    voice = file_in(ids[3], b"voice", kind="voice")
    for opened in (first, second):
        found = {kind: chat_files.find(opened, kind, desk.agent) for kind in chat_files.KINDS}
        shown = {kind: [part.file.id for part in page.parts if part.file] for kind, page in found.items()}
        assert shown == {"media": [film], "documents": [paper], "voices": [voice], "links": []}
        assert {page.more for page in found.values()} == {None}


def test_pages_hold_sixty_and_go_on_where_they_ended(desk: Desk) -> None:
    (ticket,) = speak_in_turn(desk, 70)
    made = [file_in(message.id, str(message.id).encode(), shown="") for message in desk.messages()]
    page = chat_files.find(ticket, "media", desk.agent)
    rest = chat_files.find(ticket, "media", desk.agent, page.more)
    shown = [part.file.id for part in (*page.parts, *rest.parts) if part.file]
    assert (len(page.parts), rest.more) == (60, None)
    assert shown == made[::-1]


def test_a_page_does_not_cut_an_album(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_files, "PAGE", 2)
    (ticket,) = speak_in_turn(desk, 2)
    first, second = (message.id for message in desk.messages())
    for number in range(3):
        file_in(second, f"picture {number}".encode(), kind="photo", shown="")
    file_in(first, b"one more", kind="photo", shown="")
    page = chat_files.find(ticket, "media", desk.agent)
    assert [part.message_id for part in page.parts] == [second] * 3
    rest = chat_files.find(ticket, "media", desk.agent, page.more)
    assert [part.message_id for part in rest.parts] == [first]


def test_a_long_chat_of_words_is_looked_through_in_portions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_files, "PORTION", 3)
    monkeypatch.setattr(chat_files, "PORTIONS", 2)
    (ticket,) = speak_in_turn(desk, 10)
    oldest = desk.messages()[0].id
    film = file_in(oldest, b"film", shown="")
    found, before, pages = [], None, 0
    while pages == 0 or before is not None:
        page = chat_files.find(ticket, "media", desk.agent, before)
        found += [part.file.id for part in page.parts if part.file]
        before, pages = page.more, pages + 1
    assert (found, pages) == ([film], 2)


def test_links_are_those_of_the_text_and_those_behind_words(desk: Desk) -> None:
    desk.write(
        {"chat": 1, "id": 1, "text": "see https://example.org/a."}, {"chat": 1, "id": 2, "text": "https is safe"}
    )
    (part,) = chat_files.find(1001, "links", desk.agent).parts
    assert chat_files.links_of(part) == ("https://example.org/a",)


def test_a_link_behind_words_is_told_once() -> None:
    entities = [Entity("text_link", 0, 4, "https://example.org/b"), Entity("url", 5, 11), Entity("bold", 0, 4)]
    assert web_links.found_in("here example.org", entities) == ("https://example.org/b", "https://example.org")
    assert web_links.found_in("javascript:alert(1)", [Entity("text_link", 0, 4, "javascript://x")]) == ()


def test_another_teams_files_are_not_there(desk: Desk) -> None:
    hidden, ticket = speak_in_turn(desk, 1, 1)
    file_in(desk.messages(hidden)[0].id, b"film")
    hide(hidden)
    assert chat_files.find(ticket, "media", desk.agent).parts == ()
    with pytest.raises(ConversationError):
        chat_files.find(hidden, "media", desk.agent)
