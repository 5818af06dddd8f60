"""Edits, deletions, copies, forwards, reactions and buttons of the bot."""

from __future__ import annotations

from appliance_sandbox.control import Control, Phone

from .conftest import Api
from .samples import sample

BUTTONS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://a.example"}]]}


def _say(api: Api, chat: int, text: str = "old", **fields: object) -> int:
    number: int = api.result("sendMessage", chat_id=chat, text=text, **fields)["message_id"]
    return number


def test_an_edit_changes_the_text(api: Api, phone: Phone, chat: int) -> None:
    message_id = _say(api, chat)
    edited = api.result("editMessageText", chat_id=chat, message_id=message_id, text="new")
    assert edited["text"] == "new"
    assert "edit_date" in edited
    assert phone.answers() == [edited]


def test_an_edit_that_changes_nothing_is_refused(api: Api, chat: int) -> None:
    message_id = _say(api, chat, reply_markup=BUTTONS)
    same = {"chat_id": chat, "message_id": message_id, "text": "old", "reply_markup": BUTTONS}
    assert api.refusal("editMessageText", **same)[1].startswith("Bad Request: message is not modified")
    assert "reply_markup" not in api.result("editMessageReplyMarkup", chat_id=chat, message_id=message_id)


def test_only_own_messages_of_that_kind_are_edited(api: Api, phone: Phone, chat: int) -> None:
    theirs = phone.write("mine")["message"]["message_id"]
    refused = api.refusal("editMessageText", chat_id=chat, message_id=theirs, text="x")
    assert refused == (400, "Bad Request: message can't be edited")
    refused = api.refusal("editMessageText", chat_id=chat, message_id=999, text="x")
    assert refused == (400, "Bad Request: message to edit not found")
    text = _say(api, chat)
    refused = api.refusal("editMessageCaption", chat_id=chat, message_id=text, caption="x")
    assert refused == (400, "Bad Request: there is no caption in the message to edit")


def test_captions_and_media_are_edited(api: Api, phone: Phone, chat: int) -> None:
    photo = phone.send("photo", sample("bot.jpg"))["message"]["photo"][-1]["file_id"]
    video = phone.send("video", sample("waving.mp4"))["message"]["video"]["file_id"]
    message_id = api.result("sendPhoto", chat_id=chat, photo=photo, caption="one")["message_id"]
    own = {"chat_id": chat, "message_id": message_id}
    assert api.result("editMessageCaption", **own, caption="two")["caption"] == "two"
    edited = api.result("editMessageMedia", **own, media={"type": "video", "media": video, "caption": "three"})
    assert (edited["caption"], "photo" in edited, edited["video"]["file_id"]) == ("three", False, video)


def test_a_live_location_moves_and_stops(api: Api, chat: int) -> None:
    place = {"chat_id": chat, "latitude": 1.0, "longitude": 2.0}
    message_id = api.result("sendLocation", **place, live_period=600)["message_id"]
    moved = api.result("editMessageLiveLocation", **{**place, "latitude": 1.5}, message_id=message_id)
    assert moved["location"] == {"latitude": 1.5, "longitude": 2.0, "live_period": 600}
    stopped = api.result("stopMessageLiveLocation", chat_id=chat, message_id=message_id)
    assert "live_period" not in stopped["location"]
    assert api.refusal("stopMessageLiveLocation", chat_id=chat, message_id=message_id)[0] == 400


def test_messages_are_deleted(api: Api, phone: Phone, chat: int) -> None:
    one, two, three = (_say(api, chat, str(number)) for number in range(3))
    assert api.result("deleteMessage", chat_id=chat, message_id=one) is True
    refused = api.refusal("deleteMessage", chat_id=chat, message_id=one)
    assert refused == (400, "Bad Request: message to delete not found")
    assert api.result("deleteMessages", chat_id=chat, message_ids=[two, three, 999]) is True
    assert phone.answers() == []


def test_messages_are_copied_and_forwarded(api: Api, phone: Phone, chat: int) -> None:
    source = phone.send("photo", sample("bot.jpg"), caption="look")["message"]
    taken = {"chat_id": chat, "from_chat_id": chat, "message_id": source["message_id"]}
    copied = api.result("copyMessage", **taken, caption="copy")["message_id"]
    forwarded = api.result("forwardMessage", **taken)
    assert forwarded["forward_origin"]["sender_user"]["id"] == phone.customer_id
    by_id = {message["message_id"]: message for message in phone.answers()}
    assert by_id[copied]["caption"] == "copy"
    assert by_id[copied]["photo"] == source["photo"]
    assert "forward_origin" not in by_id[copied]
    many = {"chat_id": chat, "from_chat_id": chat, "message_ids": [source["message_id"], 999]}
    assert len(api.result("copyMessages", **many)) == len(api.result("forwardMessages", **many)) == 1


def test_protected_messages_stay(api: Api, chat: int) -> None:
    message_id = _say(api, chat, protect_content=True)
    taken = {"chat_id": chat, "from_chat_id": chat, "message_id": message_id}
    assert api.refusal("forwardMessage", **taken) == (400, "Bad Request: the message can't be forwarded")


def test_one_known_reaction_is_allowed(api: Api, phone: Phone, chat: int) -> None:
    theirs = {"chat_id": chat, "message_id": phone.write("thanks")["message"]["message_id"]}
    thumb = {"type": "emoji", "emoji": "👍"}
    assert api.result("setMessageReaction", **theirs, reaction=[thumb]) is True
    assert phone.chat()["messages"][-1]["reactions"] == {"bot": [thumb]}
    assert api.refusal("setMessageReaction", **theirs, reaction=[thumb, thumb])[0] == 400
    unknown = [{"type": "emoji", "emoji": "🧾"}]
    assert api.refusal("setMessageReaction", **theirs, reaction=unknown) == (400, "Bad Request: REACTION_INVALID")


def test_a_pressed_button_is_answered_once_known(api: Api, phone: Phone, chat: int) -> None:
    message_id = _say(api, chat, reply_markup=BUTTONS)
    pressed = phone.press(message_id, text="Yes")
    query = api.result("getUpdates")[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (pressed["query_id"], "y", message_id)
    assert api.result("answerCallbackQuery", callback_query_id=query["id"], text="Saved") is True
    assert phone.chat()["answer"]["text"] == "Saved"
    refused = api.refusal("answerCallbackQuery", callback_query_id="1")
    assert refused[1] == "Bad Request: query is too old and response timeout expired or query ID is invalid"


def test_keys_below_the_input_send_what_they_ask_for(api: Api, phone: Phone, chat: int) -> None:
    keys = [["Where is my order?"], [{"text": "My number", "request_contact": True}]]
    keyboard = {"keyboard": keys, "one_time_keyboard": True}
    _say(api, chat, reply_markup=keyboard)
    assert phone.chat()["keyboard"]["keyboard"][0] == [{"text": "Where is my order?"}]
    assert phone.tap("My number")["message"]["contact"]["user_id"] == phone.customer_id
    assert phone.chat()["keyboard"] is None


def test_what_a_bot_says_of_itself_is_kept_per_language(api: Api, bot: int) -> None:
    api.result("setMyDescription", description="Help desk")
    api.result("setMyDescription", description="Поддержка", language_code="ru")
    assert api.result("getMyDescription", language_code="ru") == {"description": "Поддержка"}
    assert api.result("getMyDescription", language_code="de") == {"description": "Help desk"}
    assert api.result("getMyName") == {"name": "Sandbox"}
    assert api.refusal("setMyShortDescription", short_description="x" * 121)[0] == 400
    commands = [{"command": "start", "description": "Begin"}]
    assert api.result("setMyCommands", commands=commands) is True
    assert api.result("getMyCommands") == commands
    assert api.refusal("setMyCommands", commands=[{"command": "Не то", "description": "x"}])[0] == 400
    assert api.result("deleteMyCommands") is True
    assert api.result("getMyCommands") == []


def test_the_bot_has_a_photo(api: Api, bot: int, phone: Phone, chat: int) -> None:
    photos = api.result("getUserProfilePhotos", user_id=bot)
    assert photos["total_count"] == 1
    assert api.result("getFile", file_id=photos["photos"][0][-1]["file_id"])["file_path"].startswith("photos/")
    assert api.result("getChat", chat_id=bot)["photo"]["big_file_id"]
    assert api.result("getUserProfilePhotos", user_id=chat) == {"total_count": 0, "photos": []}
    assert api.result("getChat", chat_id=chat)["first_name"] == "Анна"


def test_what_is_older_than_48_hours_stays(api: Api, control: Control, bot: int, phone: Phone, chat: int) -> None:
    own, theirs = _say(api, chat), phone.write("mine")["message"]["message_id"]
    control.make_older(bot, chat, 49 * 3600)
    fresh = _say(api, chat)
    for old in (own, theirs):
        refused = api.refusal("deleteMessage", chat_id=chat, message_id=old)
        assert refused == (400, "Bad Request: message can't be deleted")
    assert api.result("deleteMessages", chat_id=chat, message_ids=[own, fresh]) is True
    assert [message["message_id"] for message in phone.answers()] == [own]
    assert api.result("editMessageText", chat_id=chat, message_id=own, text="still mine to edit")


def test_dice_in_a_private_chat_rest_for_a_day(api: Api, control: Control, bot: int, chat: int) -> None:
    dice = api.result("sendDice", chat_id=chat)["message_id"]
    assert api.refusal("deleteMessage", chat_id=chat, message_id=dice)[1] == "Bad Request: message can't be deleted"
    control.make_older(bot, chat, 25 * 3600)
    assert api.result("deleteMessage", chat_id=chat, message_id=dice) is True


def test_a_press_can_be_answered_for_a_while(api: Api, control: Control, bot: int, phone: Phone, chat: int) -> None:
    pressed = phone.press(_say(api, chat, reply_markup=BUTTONS), text="Yes")["query_id"]
    control.make_older(bot, chat, 600)
    assert api.refusal("answerCallbackQuery", callback_query_id=pressed)[1].startswith("Bad Request: query is too old")


def test_an_edit_changes_how_links_are_shown(api: Api, chat: int) -> None:
    own = {
        "chat_id": chat,
        "message_id": _say(api, chat, "see https://shop.example"),
        "text": "see https://shop.example",
    }
    assert api.refusal("editMessageText", **own)[1].startswith("Bad Request: message is not modified")
    hidden = api.result("editMessageText", **own, link_preview_options={"is_disabled": True})
    assert hidden["link_preview_options"] == {"is_disabled": True}


def test_a_text_becomes_media_and_an_album_stays_of_its_kind(api: Api, phone: Phone, chat: int) -> None:
    sound = phone.send("audio", sample("till-beep.mp3"))["message"]["audio"]["file_id"]
    edited = api.result("editMessageMedia", chat_id=chat, message_id=_say(api, chat), media=_input("audio", sound))
    assert "audio" in edited
    assert "text" not in edited
    photo = phone.send("photo", sample("bot.jpg"))["message"]["photo"][-1]["file_id"]
    album = api.result("sendMediaGroup", chat_id=chat, media=[_input("photo", photo)] * 2)
    own = {"chat_id": chat, "message_id": album[0]["message_id"]}
    assert api.refusal("editMessageMedia", **own, media=_input("audio", sound))[0] == 400
    voice = phone.send("voice", sample("voice-ru.ogg"))["message"]["voice"]["file_id"]
    assert "InputMedia" in api.refusal("editMessageMedia", **own, media=_input("voice", voice))[1]


def _input(kind: str, file_id: str) -> dict[str, str]:
    return {"type": kind, "media": file_id}
