"""The practice phone's page, over a messenger that really runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from appliance_sandbox import rooms, service
from appliance_sandbox.control import Control, Phone
from appliance_sandbox.phone.line import line

from .box import OpenBox, opened_box
from .conftest import Api
from .samples import SAMPLES, sample
from .test_service import free_port

HTMX = {"HX-Request": "true"}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[OpenBox]:
    with opened_box(tmp_path) as opened:
        opened.app.config["WTF_CSRF_ENABLED"] = False
        yield opened
        line.close()


@pytest.fixture
def desk(box: OpenBox) -> Iterator[FlaskClient]:
    port = free_port()
    server = service.start(port)
    box.switch_on(port)
    yield box.client()
    server.close()


@pytest.fixture
def control(desk: FlaskClient) -> Iterator[Control]:
    from appliance_sandbox.phone.line import practice_url  # noqa: PLC0415 - known once the messenger runs

    with Control(practice_url(), rooms.control_secret()) as opened:
        yield opened


@pytest.fixture
def anna(control: Control) -> Phone:
    person = control.add_customer("Анна", language_code="ru")
    return control.phone(control.bots()[0]["id"], person["id"])


def do(desk: FlaskClient, phone: Phone, page: str, **fields: Any) -> str:
    """A button or form of the page; answers the chat it shows then."""
    answer = desk.post(f"/sandbox/{phone.customer_id}/{page}", data=fields, headers=HTMX)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_it_needs_a_signed_in_agent(box: OpenBox) -> None:
    answer = box.app.test_client().get("/sandbox/files/photo/x", headers=HTMX)
    assert answer.status_code == 401


def test_it_says_when_the_messenger_does_not_run(box: OpenBox) -> None:
    box.switch_on(free_port())
    assert box.client().get("/sandbox/").status_code == 503
    assert box.client().get("/sandbox/contacts", headers=HTMX).status_code == 204


def test_a_customer_is_added_and_shown(desk: FlaskClient, control: Control) -> None:
    assert "Nobody has a phone yet" in desk.get("/sandbox/").get_data(as_text=True)
    form = {"name": "Игорь Петренко", "language": "ru"}
    page = desk.post("/sandbox/customers", data=form, follow_redirects=True).get_data(as_text=True)
    assert "Phone of Игорь Петренко" in page
    person = control.customers()[0]
    assert (person["first_name"], person["last_name"], person["language_code"]) == ("Игорь", "Петренко", "ru")


def test_the_customer_starts_writes_replies_and_edits(desk: FlaskClient, anna: Phone) -> None:
    assert 'name="start"' in desk.get(f"/sandbox/{anna.customer_id}/chat").get_data(as_text=True)
    assert "/start" in do(desk, anna, "act", start="1")
    assert "&lt;b&gt;hello" in do(desk, anna, "text", text="<b>hello", edit="", reply_to="")
    do(desk, anna, "text", text="and", edit="", reply_to="2")
    assert "edited" in do(desk, anna, "text", text="good evening", edit="2", reply_to="")
    texts = [message["text"] for message in anna.messages()]
    assert texts == ["/start", "good evening", "and"]
    assert anna.messages()[2]["reply_to_message"]["message_id"] == 2


def test_everything_ready_can_be_sent_and_is_shown(desk: FlaskClient, anna: Phone) -> None:
    from appliance_sandbox.ready import READY  # noqa: PLC0415 - with the box open

    shown = [do(desk, anna, "act", ready=ready.name) for ready in READY][-1]
    more = 2 + 3 * 4 + 2  # the album has three, each forwarded run five, the burst three
    assert len(anna.messages()) == len(READY) + more
    for tag in ("<img", "<video", "<audio", "invoice.pdf", "55.75390, 37.62080", "Red Square", "10:00", "48 MB"):
        assert tag in shown
    for words in ("Forwarded from Oleg S.", "Something this phone cannot show", "Messages vanish by themselves now"):
        assert words in shown
    live = next(one["message_id"] for one in anna.messages() if "live_period" in one.get("location", {}))
    do(desk, anna, "act", walk=str(live))
    assert "Walk a little" not in do(desk, anna, "act", stop=str(live))


def test_an_own_file_goes_as_what_it_is_or_as_chosen(desk: FlaskClient, anna: Phone) -> None:
    picture = SAMPLES / "bot.jpg"
    for kind in ("", "document"):
        with picture.open("rb") as stream:
            do(desk, anna, "file", file=(stream, "bot.jpg", "image/jpeg"), kind=kind)
    first, second = anna.messages()
    assert "photo" in first
    assert second["document"]["file_name"] == "bot.jpg"


def test_buttons_keys_and_reactions_work(desk: FlaskClient, control: Control, anna: Phone, client: Any) -> None:
    bot = control.bots()[0]
    api = Api(client, f"{control.ask('GET', '')['url']}/bot{bot['token']}")
    anna.start()
    inline = {"inline_keyboard": [[{"text": "Five stars", "callback_data": "rate 5"}]]}
    sent = api.result("sendMessage", chat_id=anna.chat_id, text="Happy?", reply_markup=inline)["message_id"]
    do(desk, anna, "act", press=f"{sent} rate 5")
    do(desk, anna, "act", react=f"{sent} 👍")
    api.result("sendMessage", chat_id=anna.chat_id, text="?", reply_markup={"keyboard": [["Where is it?"]]})
    assert "Where is it?" in do(desk, anna, "act", tap="Where is it?")
    query = next(one["callback_query"] for one in control.pending(bot["id"]) if "callback_query" in one)
    assert query["data"] == "rate 5"
    assert anna.chat()["messages"][1]["reactions"]


def test_a_part_of_a_message_is_quoted(desk: FlaskClient, control: Control, anna: Phone, client: Any) -> None:
    anna.start()
    bot = control.bots()[0]
    api = Api(client, f"{control.ask('GET', '')['url']}/bot{bot['token']}")
    asked = api.result("sendMessage", chat_id=anna.chat_id, text="The red one or the blue one?")["message_id"]
    shown = do(desk, anna, "text", text="That!", edit="", reply_to=str(asked), quote="the blue one")
    assert '<p class="bubble-quote">the blue one</p>' in shown
    assert anna.messages()[-1]["quote"]["position"] == 15
    refused = do(desk, anna, "text", text="?", edit="", reply_to=str(asked), quote="the green one")
    assert "the quoted words are not in that message" in refused


def test_a_caption_is_edited_and_added(desk: FlaskClient, anna: Phone) -> None:
    photo = anna.send("photo", sample("bot.jpg"))["message"]["message_id"]
    assert "a bot" in do(desk, anna, "text", text="a bot", edit=str(photo), reply_to="")
    assert anna.messages()[0]["caption"] == "a bot"


@pytest.mark.parametrize("link", ["desk-1_A", "https://t.me/practice_bot?start=desk-1_A", "/sandbox/?start=desk-1_A&x"])
def test_a_link_offers_a_start_that_brings_its_code(desk: FlaskClient, anna: Phone, link: str) -> None:
    page = desk.get("/sandbox/", query_string={"start": link}).get_data(as_text=True)
    assert 'name="open" value="desk-1_A"' in page
    shown = do(desk, anna, "act", open="desk-1_A")
    assert "/start desk-1_A" in shown
    assert 'name="open"' not in shown
    assert 'name="open"' not in desk.get("/sandbox/", query_string={"start": "no such code"}).get_data(as_text=True)


def test_a_deleted_chat_is_gone_from_the_phone(desk: FlaskClient, anna: Phone) -> None:
    anna.write("before")
    assert "before" not in do(desk, anna, "act", delete="1")
    assert "after" in do(desk, anna, "text", text="after", edit="", reply_to="")


def test_keys_show_what_they_send(desk: FlaskClient, control: Control, anna: Phone, client: Any) -> None:
    anna.start()
    api = Api(client, f"{control.ask('GET', '')['url']}/bot{control.bots()[0]['token']}")
    keys = [[{"text": "Here", "request_location": True}, {"text": "Call me", "request_contact": True}]]
    api.result("sendMessage", chat_id=anna.chat_id, text="?", reply_markup={"keyboard": keys})
    shown = desk.get(f"/sandbox/{anna.customer_id}/chat").get_data(as_text=True)
    assert "Sends your location" in shown
    assert "Sends your number" in shown
    do(desk, anna, "act", tap="Here")
    do(desk, anna, "act", tap="Call me")
    place, number = anna.messages()[-2:]
    assert "location" in place
    assert number["contact"]["user_id"] == anna.customer_id


def test_the_bot_can_be_blocked_and_the_page_says_why_nothing_goes(desk: FlaskClient, anna: Phone) -> None:
    do(desk, anna, "act", start="1")
    assert "You have blocked this bot" in do(desk, anna, "act", block="1")
    assert "this customer has blocked the bot" in do(desk, anna, "text", text="x")
    assert "You have blocked this bot" not in do(desk, anna, "act", unblock="1")


def test_a_chat_that_has_not_changed_is_not_sent_again(desk: FlaskClient, anna: Phone) -> None:
    anna.write("one")
    shown = desk.get(f"/sandbox/{anna.customer_id}/chat").get_data(as_text=True)
    mark = shown.partition("mark=")[2].partition('"')[0]
    again = f"/sandbox/{anna.customer_id}/chat?mark={mark}"
    assert desk.get(again, headers=HTMX).status_code == 204
    anna.write("two")
    assert "two" in desk.get(again, headers=HTMX).get_data(as_text=True)


def test_media_come_in_pieces_and_documents_as_downloads(desk: FlaskClient, anna: Phone) -> None:
    video = anna.send("video", sample("flickering-screen.mp4"))["message"]["video"]["file_id"]
    piece = desk.get(f"/sandbox/files/video/{video}", headers={"Range": "bytes=0-99"})
    assert (piece.status_code, len(piece.data), piece.mimetype) == (206, 100, "video/mp4")
    assert piece.headers["Content-Range"].startswith("bytes 0-99/")
    page = anna.send("document", sample("invoice.pdf"))["message"]["document"]["file_id"]
    got = desk.get(f"/sandbox/files/text/{page}")
    assert got.headers["Content-Disposition"] == "attachment"
    assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_a_player_gets_two_mebibytes_at_most(desk: FlaskClient) -> None:
    from appliance_sandbox.phone.media import capped_range  # noqa: PLC0415 - with the box open

    assert capped_range("bytes=0-") == "bytes=0-2097151"
    assert capped_range("bytes=10-99999999") == "bytes=10-2097161"
    assert capped_range("bytes=5-9") == "bytes=5-9"
    assert capped_range("bytes=-5") == capped_range("") == ""


def test_what_is_not_there_is_not_shown(desk: FlaskClient, anna: Phone) -> None:
    assert desk.get("/sandbox/?customer=42").status_code == 303
    assert desk.get("/sandbox/42/chat", headers=HTMX).status_code == 204
    wrong = desk.post(f"/sandbox/{anna.customer_id}/act", data={"walk": "none"}, headers=HTMX)
    assert wrong.status_code == 400
