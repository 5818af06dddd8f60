"""An edit finds the messages whose words are new, whichever way they were sent, and a deletion finds them all."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import Entity, Manner, OutgoingPart, Piece, PlanError, Reference, Revision
from appliance_telegram.planning import plan_message
from appliance_telegram.revisions import plan_delete, plan_edit
from plugins.telegram.tests.planned import number, outgoing, part

Sent = tuple[tuple[int, Reference], ...]


def refs(*sent: tuple[int, int], chat: str = "5") -> Sent:
    return tuple((position, Reference(chat, str(message))) for position, message in sent)


def as_sent(*parts: OutgoingPart, manner: Manner | None = None) -> Sent:
    """What the box remembers of a message: each number at the messenger once, for the first part it carries."""
    sent: list[tuple[int, Reference]] = []
    message = 100
    for piece in plan_message(outgoing(*parts, manner=manner)):
        items = [item["position"] for item in piece.payload.get("items", ())] or [piece.parts[0]]
        words = [position for position in piece.parts if position not in items]
        for place, position in enumerate(items):
            message += 1
            sent.append((words[0] if words and place == 0 else position, Reference("5", str(message))))
    return tuple(sent)


def edit(*parts: OutgoingPart, sent: Sent, manner: Manner | None = None, changed: tuple[int, ...] = ()) -> list[Any]:
    pieces = plan_edit(Revision("5", number(parts), sent, manner or Manner(), changed))
    return [tell(piece) for piece in pieces]


def tell(piece: Piece) -> Any:
    if piece.kind == "delete":
        return ("delete", *piece.payload["messages"])
    return (piece.kind, piece.payload["message"], piece.payload.get("text", piece.payload.get("caption")))


def refused(*parts: OutgoingPart, sent: Sent, manner: Manner | None = None) -> str:
    with pytest.raises(PlanError) as caught:
        edit(*parts, sent=sent, manner=manner)
    return caught.value.code


def test_a_text_is_edited_where_it_stands() -> None:
    words = part("text", "💧 new", entities=(Entity("bold", 2, 3),))
    (piece,) = plan_edit(Revision("5", (words,), refs((0, 101))))
    assert (piece.kind, piece.parts) == ("edit_text", (0,))
    assert piece.payload == {
        "chat": "5",
        "message": "101",
        "text": "💧 new",
        "entities": [{"type": "bold", "offset": 3, "length": 3}],
    }


def test_a_long_text_is_edited_message_by_message() -> None:
    sent = as_sent(part("text", "a" * 5000))
    assert edit(part("text", "b" * 5000), sent=sent) == [
        ("edit_text", "101", "b" * 4096),
        ("edit_text", "102", "b" * 904),
    ]


def test_messages_that_are_no_longer_needed_are_deleted_last() -> None:
    sent = as_sent(part("text", "a" * 9000))
    assert edit(part("text", "short"), sent=sent) == [("edit_text", "101", "short"), ("delete", "102", "103")]


def test_a_text_that_needs_more_messages_is_refused() -> None:
    assert refused(part("text", "a" * 4097), sent=refs((0, 101))) == "edit_too_long"


def test_a_caption_is_edited_as_one() -> None:
    sent = as_sent(part("photo", "old"))
    words = part("photo", "new", entities=(Entity("italic", 0, 3),))
    (piece,) = plan_edit(Revision("5", (words,), sent))
    assert piece.payload == {
        "chat": "5",
        "message": "101",
        "caption": "new",
        "caption_entities": [{"type": "italic", "offset": 0, "length": 3}],
    }


def test_a_caption_can_be_taken_away_and_be_given() -> None:
    assert edit(part("photo"), sent=as_sent(part("photo", "old"))) == [("edit_caption", "101", "")]
    assert edit(part("voice", "new"), sent=as_sent(part("voice"))) == [("edit_caption", "101", "new")]


def test_a_caption_cannot_grow_into_a_message() -> None:
    assert refused(part("photo", "x" * 1025), sent=as_sent(part("photo", "old"))) == "edit_too_long"


@pytest.mark.parametrize("kind", ["video_note", "sticker", "location"])
def test_what_takes_no_caption_gets_none(kind: Any) -> None:
    assert refused(part(kind, "new"), sent=refs((0, 101))) == "cannot_edit"
    assert edit(part(kind), sent=refs((0, 101))) == []


def test_words_that_followed_a_file_are_edited_where_they_stand() -> None:
    sent = as_sent(part("photo", "x" * 5000))
    assert edit(part("photo", "short"), sent=sent) == [("edit_text", "102", "short"), ("delete", "103")]
    assert edit(part("video_note", "new"), sent=as_sent(part("video_note", "old"))) == [("edit_text", "102", "new")]


def test_words_that_followed_a_file_can_be_taken_away() -> None:
    assert edit(part("sticker"), sent=as_sent(part("sticker", "old"))) == [("delete", "102")]


def test_a_message_cannot_be_emptied() -> None:
    assert refused(part("text", " "), sent=refs((0, 101), (0, 102))) == "empty"


@pytest.mark.parametrize("sent", [((0, 101),), ((0, 101), (1, 101))])
def test_a_text_that_was_sent_with_a_file_is_its_caption(sent: Any) -> None:
    assert edit(part("text", "new"), part("photo"), sent=refs(*sent)) == [("edit_caption", "101", "new")]


def test_a_text_before_a_file_of_its_own_is_a_text() -> None:
    sent = as_sent(part("text", "x" * 1025), part("photo"))
    assert edit(part("text", "new"), part("photo"), sent=sent, changed=(0,)) == [("edit_text", "101", "new")]


def test_the_words_of_an_album_are_its_first_files() -> None:
    parts = part("text", "old"), part("photo"), part("video")
    assert edit(part("text", "new"), *parts[1:], sent=as_sent(*parts), changed=(0,)) == [("edit_caption", "101", "new")]
    parts = part("photo", "old"), part("photo"), part("document")
    edits = edit(part("photo", "new"), *parts[1:], sent=as_sent(*parts), changed=(0,))
    assert edits == [("edit_caption", "101", "new")]


def test_each_file_of_an_album_can_have_its_own_words() -> None:
    edits = edit(part("photo", "one"), part("photo", "two"), sent=as_sent(part("photo", "a"), part("photo", "b")))
    assert edits == [("edit_caption", "101", "one"), ("edit_caption", "102", "two")]


def test_words_that_left_an_album_for_its_buttons_are_found() -> None:
    manner = Manner(buttons=("Yes",))
    sent = as_sent(part("photo", "old"), part("photo"), manner=manner)
    pieces = plan_edit(Revision("5", number((part("photo", "new"), part("photo"))), sent, manner, (0,)))
    assert [tell(piece) for piece in pieces] == [("edit_text", "103", "new")]
    assert "markup" in pieces[0].payload


def test_the_buttons_stay_where_they_are() -> None:
    manner = Manner(buttons=("Yes", "No"), preview=False)
    words = part("text", "b" * 5000)
    first, second = plan_edit(Revision("5", (words,), as_sent(words), manner))
    assert ("markup" in first.payload, first.payload["preview"]) == (False, False)
    buttons = second.payload["markup"]["inline_keyboard"][0]
    assert [button["callback_data"] for button in buttons] == ["answer:0", "answer:1"]


def test_the_buttons_move_up_when_their_message_goes() -> None:
    manner = Manner(buttons=("Yes",))
    edited, deleted = plan_edit(Revision("5", (part("text", "short"),), refs((0, 101), (0, 102)), manner))
    assert "markup" in edited.payload
    assert tell(deleted) == ("delete", "102")


def test_buttons_of_another_message_are_not_doubled() -> None:
    parts = number((part("photo", "new"), part("document")))
    (piece,) = plan_edit(Revision("5", parts, refs((0, 101), (1, 102)), Manner(buttons=("Yes",)), (0,)))
    assert "markup" not in piece.payload


def test_a_message_that_asked_by_keyboard_stays_as_it_is() -> None:
    assert refused(part("text", "new"), sent=refs((0, 101)), manner=Manner(ask="phone")) == "cannot_edit"


def test_numbers_of_a_chat_that_has_moved_are_not_used() -> None:
    """In the new group they are other people's messages."""
    with pytest.raises(PlanError, match="cannot_edit"):
        plan_edit(Revision("-100500", (part("text", "new"),), refs((0, 101), chat="-500")))
    with pytest.raises(PlanError, match="cannot_delete"):
        plan_delete("-100500", [Reference("-500", "101")])


def test_deletions_go_by_the_hundred_and_name_each_message_once() -> None:
    sent = [Reference("5", str(message)) for message in (*range(1, 202), 7)]
    pieces = plan_delete("5", sent)
    assert [len(piece.payload["messages"]) for piece in pieces] == [100, 100, 1]
    assert [message for piece in pieces for message in piece.payload["messages"]] == [str(n) for n in range(1, 202)]


def test_what_was_never_sent_needs_no_deletion() -> None:
    assert plan_delete("5", []) == ()
