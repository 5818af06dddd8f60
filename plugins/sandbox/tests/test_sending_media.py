"""Files out and in: kinds, limits, albums, file_ids, downloads."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from appliance_sandbox.control import Control, Phone, Upload

from .conftest import TOKEN, Api
from .samples import SAMPLES, sample

SENT = {
    "photo": "broken-till.jpg",
    "video": "flickering-screen.mp4",
    "video_note": "round-greeting.mp4",
    "voice": "voice-en.ogg",
    "audio": "till-beep.mp3",
    "document": "invoice.pdf",
    "animation": "waving.mp4",
    "sticker": "smile.webp",
}


def _upload(api: Api, kind: str, chat: int, content: bytes, name: str, **fields: Any) -> httpx.Response:
    form = {"chat_id": str(chat), **{key: str(value) for key, value in fields.items()}}
    return api.raw(f"send{kind.replace('_', '')}", data=form, files={kind: (name, content)})


@pytest.mark.parametrize(("kind", "name"), SENT.items())
def test_every_kind_goes_out_and_is_there(
    api: Api, control: Control, bot: int, phone: Phone, chat: int, kind: str, name: str
) -> None:
    content = (SAMPLES / name).read_bytes()
    message = _upload(api, kind, chat, content, name).json()["result"]
    media = message[kind][-1] if kind == "photo" else message[kind]
    assert phone.answers() == [message]
    if kind != "photo":  # photos are packed anew
        assert control.file(bot, media["file_id"]) == content
    again = api.result(f"send{kind.replace('_', '')}", chat_id=chat, **{kind: media["file_id"]})
    assert again[kind] == message[kind]


def test_it_measures_what_it_gets(api: Api, chat: int) -> None:
    def sent(kind: str) -> Any:
        content = (SAMPLES / SENT[kind]).read_bytes()
        return _upload(api, kind, chat, content, SENT[kind]).json()["result"][kind]

    assert [(one["width"], one["height"]) for one in sent("photo")] == [(90, 68), (320, 240), (1200, 900)]
    video = sent("video")
    assert (video["duration"], video["width"], video["height"]) == (4, 480, 360)
    assert video["mime_type"] == "video/mp4"
    assert sent("video_note")["length"] == 240
    assert sent("voice")["duration"] > 3
    assert sent("voice")["mime_type"] == "audio/ogg"
    assert sent("document")["file_name"] == "invoice.pdf"
    assert (sent("sticker")["width"], sent("sticker")["is_animated"]) == (512, False)


def test_an_animation_also_fills_document(api: Api, chat: int) -> None:
    message = _upload(api, "animation", chat, (SAMPLES / "waving.mp4").read_bytes(), "a.mp4").json()["result"]
    assert message["document"]["file_id"] == message["animation"]["file_id"]


def test_it_refuses_a_caption_over_1024_units(api: Api, chat: int) -> None:
    content = (SAMPLES / "bot.jpg").read_bytes()
    assert _upload(api, "photo", chat, content, "a.jpg", caption="x" * 1024).json()["ok"]
    refused = _upload(api, "photo", chat, content, "a.jpg", caption="x" * 1025)
    assert refused.json()["description"] == "Bad Request: message caption is too long"


def test_it_refuses_a_photo_over_10_mb(api: Api, chat: int) -> None:
    refused = _upload(api, "photo", chat, b"x" * ((10 << 20) + 1), "a.jpg")
    assert refused.status_code == 400
    assert "too big for a photo" in refused.json()["description"]


def test_it_refuses_a_picture_that_is_none(api: Api, chat: int) -> None:
    refused = _upload(api, "photo", chat, b"no picture", "a.jpg").json()
    assert refused["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


@pytest.mark.parametrize("size", [(50 << 20) + 1, 52 << 20])
def test_it_refuses_a_file_over_50_mb(api: Api, chat: int, size: int) -> None:
    refused = _upload(api, "document", chat, bytes(size), "big.bin")
    assert refused.status_code == 413
    assert refused.json()["description"] == "Request Entity Too Large"


def test_a_file_id_keeps_its_kind_and_its_bot(api: Api, control: Control, chat: int, phone: Phone) -> None:
    voice = phone.send("voice", sample("voice-ru.ogg"))["message"]["voice"]["file_id"]
    refused = api.refusal("sendVideo", chat_id=chat, video=voice)
    assert refused == (400, "Bad Request: can't use file of type Voice as Video")
    other = control.add_bot(username="other_bot")
    theirs = Api(api.client, api.base.replace(TOKEN, other["token"]))
    control.phone(other["id"], phone.customer_id).start()
    assert theirs.refusal("sendVoice", chat_id=chat, voice=voice)[1].startswith("Bad Request: wrong file identifier")


def test_get_file_leads_to_the_bytes(api: Api, phone: Phone, chat: int) -> None:
    sent = phone.send("document", sample("invoice.pdf"))["message"]["document"]
    got = api.result("getFile", file_id=sent["file_id"])
    assert got["file_unique_id"] == sent["file_unique_id"]
    assert got["file_path"].startswith("documents/file_")
    url = api.base.replace("/bot", "/file/bot") + "/" + got["file_path"]
    assert api.client.get(url).content == (SAMPLES / "invoice.pdf").read_bytes()
    assert api.client.get(url + "x").status_code == 404
    assert api.client.get(url.replace(TOKEN, "7002:someone-elses-token")).status_code == 401


def test_get_file_refuses_over_20_mib(api: Api, phone: Phone, chat: int) -> None:
    big = phone.send("video", sample("waving.mp4"), file_size=(20 << 20) + 1)["message"]["video"]
    assert api.refusal("getFile", file_id=big["file_id"]) == (400, "Bad Request: file is too big")


def test_get_file_refuses_an_unknown_file(api: Api) -> None:
    assert api.refusal("getFile", file_id="nonsense")[1].startswith("Bad Request: wrong file_id")


def test_the_same_bytes_have_one_unique_id(phone: Phone) -> None:
    one, two = (phone.send("voice", sample("voice-ru.ogg"))["message"]["voice"] for _ in range(2))
    assert one["file_unique_id"] == two["file_unique_id"]
    assert one["file_id"] != two["file_id"]


def _album(api: Api, chat: int, *items: tuple[str, str]) -> dict[str, Any]:
    media = [{"type": kind, "media": f"attach://f{number}"} for number, (kind, _) in enumerate(items)]
    files = {f"f{number}": (name, (SAMPLES / name).read_bytes()) for number, (_, name) in enumerate(items)}
    form = {"chat_id": str(chat), "media": json.dumps(media)}
    body: dict[str, Any] = api.raw("sendMediaGroup", data=form, files=files).json()
    return body


def test_an_album_shares_one_group_id(api: Api, chat: int) -> None:
    sent = _album(api, chat, ("photo", "shelf-1.jpg"), ("video", "waving.mp4"), ("photo", "shelf-2.jpg"))["result"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [("photo" in message) for message in sent] == [True, False, True]


def test_it_refuses_albums_that_are_none(api: Api, chat: int) -> None:
    photo, document = ("photo", "shelf-1.jpg"), ("document", "invoice.pdf")
    assert "between 2 and 10" in _album(api, chat, photo)["description"]
    assert "between 2 and 10" in _album(api, chat, *[photo] * 11)["description"]
    assert "can't be sent together" in _album(api, chat, photo, document)["description"]
    assert "can't be sent together" in _album(api, chat, ("voice", "voice-ru.ogg"), photo)["description"]
    assert _album(api, chat, document, document)["ok"]


def test_places_contacts_polls_and_dice_go_out(api: Api, chat: int) -> None:
    place = {"chat_id": chat, "latitude": 55.75, "longitude": "37.61"}
    assert api.result("sendLocation", **place)["location"] == {"latitude": 55.75, "longitude": 37.61}
    venue = api.result("sendVenue", **place, title="Shop", address="Lenina 14")
    assert venue["venue"]["location"] == venue["location"]
    contact = api.result("sendContact", chat_id=chat, phone_number="+7900", first_name="Olga")["contact"]
    assert contact == {"phone_number": "+7900", "first_name": "Olga"}
    poll = api.result("sendPoll", chat_id=chat, question="Ok?", options=["yes", {"text": "no"}])["poll"]
    assert [option["text"] for option in poll["options"]] == ["yes", "no"]
    assert 1 <= api.result("sendDice", chat_id=chat)["dice"]["value"] <= 6
    assert api.refusal("sendLocation", chat_id=chat, latitude=91, longitude=0)[0] == 400


def test_an_address_on_the_internet_is_not_fetched(api: Api, chat: int) -> None:
    refused = api.refusal("sendPhoto", chat_id=chat, photo="https://shop.example/1.jpg")
    assert refused == (400, "Bad Request: failed to get HTTP URL content")


def test_an_upload_may_bring_its_thumbnail(api: Api, chat: int) -> None:
    files = {
        "video": ("a.mp4", (SAMPLES / "waving.mp4").read_bytes()),
        "t": ("t.jpg", (SAMPLES / "bot.jpg").read_bytes()),
    }
    sent = api.raw("sendVideo", data={"chat_id": str(chat), "thumbnail": "attach://t"}, files=files).json()["result"]
    assert sent["video"]["thumbnail"]["width"] == 320


def test_hostile_names_arrive_as_they_are(phone: Phone) -> None:
    upload = Upload(b"<script>", "../../etc/passwd", "text/html")
    sent = phone.send("document", upload, file_name="../../etc/\u202efdp.exe")["message"]["document"]
    assert sent["file_name"] == "../../etc/\u202efdp.exe"
    bare = phone.send("document", upload, media={"file_name": None, "mime_type": None})["message"]["document"]
    assert set(bare) == {"file_id", "file_unique_id", "file_size"}


def test_a_voice_is_opus_mp3_or_m4a_and_anything_else_a_file(api: Api, chat: int) -> None:
    def made(content: bytes, name: str, mime_type: str) -> set[str]:
        files = {"voice": (name, content, mime_type)}
        sent = api.raw("sendVoice", data={"chat_id": str(chat)}, files=files).json()["result"]
        return {"voice", "audio", "document"} & set(sent)

    assert made((SAMPLES / "voice-en.ogg").read_bytes(), "a.ogg", "audio/ogg") == {"voice"}
    assert made((SAMPLES / "till-beep.mp3").read_bytes(), "a.mp3", "audio/mpeg") == {"voice"}
    assert made(b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "a.wav", "audio/wav") == {"audio"}
    assert made(b"nothing to hear", "a.txt", "text/plain") == {"document"}


def test_a_round_video_is_square_and_no_longer_than_a_minute(api: Api, phone: Phone, chat: int) -> None:
    def made(name: str) -> set[str]:
        sent = _upload(api, "video_note", chat, (SAMPLES / name).read_bytes(), name).json()["result"]
        return {"video_note", "video", "document"} & set(sent)

    assert made("round-greeting.mp4") == {"video_note"}
    assert made("flickering-screen.mp4") == {"video"}
    assert made("invoice.pdf") == {"document"}
    refused = api.refusal("sendVideoNote", chat_id=chat, video_note="https://shop.example/1.mp4")
    assert refused == (400, "Bad Request: can't use an HTTP URL for a video note")
