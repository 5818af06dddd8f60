"""`Phone`: one customer's hands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from appliance_sandbox.control.upload import Upload

Json = dict[str, Any]


class Commands(Protocol):
    """What a phone needs of the sandbox's control API."""

    def ask(self, verb: str, path: str, **options: Any) -> Any:
        """One command; answers the decoded JSON."""


class Phone:
    """One customer towards one bot. Acts answer what they made: `message`, `update_id` and so on.

    Common fields of all that sends: `reply_to` (message id) and `quote` (the part of it that is answered), `date`
    (seconds), `extra` (added to the Message), `anonymous` (as an administrator of a supergroup who does not show).
    """

    def __init__(self, control: Commands, bot_id: int, customer_id: int, chat_id: int, anonymous: bool = False) -> None:
        self._control = control
        self._always: Json = {"chat_id": chat_id, **({"anonymous": True} if anonymous else {})}
        self._bot = f"/bots/{bot_id}"
        self.customer_id = customer_id
        self.chat_id = chat_id

    def do(self, act: str, files: dict[str, Upload] | None = None, **fields: Any) -> Json:
        """Any act by its name (`server.customers`)."""
        path = f"{self._bot}/customers/{self.customer_id}/{act}"
        fields = {**self._always, **fields}
        if files:
            parts = {name: upload.part() for name, upload in files.items()}
            options: Json = {"data": {"fields": json.dumps(fields)}, "files": parts}
        else:
            options = {"json": fields}
        done: Json = self._control.ask("POST", path, **options)
        return done

    def start(self, payload: str = "") -> Json:
        """`payload`: the code of the link that opened the bot."""
        return self.do("start", payload=payload)

    def write(self, text: str, **fields: Any) -> Json:
        """`entities` or `parse_mode` format the text."""
        return self.do("text", text=text, **fields)

    def send(self, kind: str, upload: Upload, thumbnail: Upload | None = None, **fields: Any) -> Json:
        """photo, video, video_note, voice, audio, document, animation, sticker.

        `caption`, what describes the file (`duration`, `width`, `height`, `length`, `file_name`, `title`, …),
        `file_size` to pretend another size, `media` to add to, replace in or (null) take from the media object.
        """
        files = {"file": upload, **({"thumbnail": thumbnail} if thumbnail else {})}
        return self.do("media", files, kind=kind, **fields)

    def send_large(self, kind: str, upload: Upload, size: int, thumbnail: Upload | None = None, **fields: Any) -> Json:
        """A file that says it has `size` bytes, of which only `upload` is kept. In local mode the whole is there:
        the upload with nothing but a hole after it; a video still plays."""
        return self.send(kind, upload, thumbnail, file_size=size, **fields)

    def album(self, items: Sequence[tuple[str, Upload, str]], **fields: Any) -> Json:
        """Items are (kind, file, caption). Answers `messages` and `update_ids`."""
        files = {f"item{number}": upload for number, (_, upload, _) in enumerate(items)}
        described = [
            {"kind": kind, "file": f"item{number}", "caption": caption}
            for number, (kind, _, caption) in enumerate(items)
        ]
        return self.do("album", files, items=described, **fields)

    def location(self, latitude: float, longitude: float, live_period: int = 0, **fields: Any) -> Json:
        """With `live_period` (seconds) the beginning of a live location."""
        live: Json = {"live_period": live_period} if live_period else {}
        return self.do("location", latitude=latitude, longitude=longitude, **live, **fields)

    def venue(self, title: str, address: str, latitude: float, longitude: float, **fields: Any) -> Json:
        return self.do("venue", title=title, address=address, latitude=latitude, longitude=longitude, **fields)

    def contact(self, own: bool = True, **fields: Any) -> Json:
        """The customer's own number, or somebody's: `phone_number`, `first_name`, `last_name`, `vcard`."""
        return self.do("contact", own=own, **fields)

    def poll(self, question: str, options: Sequence[str], **fields: Any) -> Json:
        return self.do("poll", question=question, options=list(options), **fields)

    def dice(self, **fields: Any) -> Json:
        return self.do("dice", **fields)

    def send_content(self, content: Json, **fields: Any) -> Json:
        """Any fields a Message may have: a story, a checklist, a kind nobody has invented yet."""
        return self.do("content", content=content, **fields)

    def forward(self, texts: Sequence[str], origin: str = "user", name: str = "Oleg", **fields: Any) -> Json:
        """Messages forwarded in one go; `origin`: user, hidden_user, channel or chat.

        Answers `messages` and `update_ids`.
        """
        return self.do("forward", texts=list(texts), origin=origin, name=name, **fields)

    def move(self, message_id: int, latitude: float, longitude: float, **fields: Any) -> Json:
        """A live location; also `heading`, `horizontal_accuracy` and `date`."""
        return self.do("move", message_id=message_id, latitude=latitude, longitude=longitude, **fields)

    def stop(self, message_id: int) -> Json:
        """End a live location."""
        return self.do("stop", message_id=message_id)

    def edit(self, message_id: int, **fields: Any) -> Json:
        """New `text` or `caption`; with neither, an edit that changes nothing."""
        return self.do("edit", message_id=message_id, **fields)

    def react(self, message_id: int, emoji: str = "") -> Json:
        """Without an emoji the reaction is taken back."""
        return self.do("react", message_id=message_id, emoji=emoji)

    def press(self, message_id: int, text: str = "", data: str = "") -> Json:
        """An inline button, by its text or its data."""
        return self.do("press", message_id=message_id, text=text, data=data)

    def tap(self, text: str) -> Json:
        """A key of the reply keyboard."""
        return self.do("tap", text=text)

    def block(self) -> Json:
        return self.do("block")

    def unblock(self) -> Json:
        return self.do("unblock")

    def delete_chat(self) -> Json:
        """Off the customer's phone; the bot is not told and may go on writing."""
        return self.do("clear")

    def set_auto_delete(self, seconds: int) -> Json:
        return self.do("auto_delete", seconds=seconds)

    def pin(self, message_id: int) -> Json:
        return self.do("pin", message_id=message_id)

    def join(self) -> Json:
        """This person comes to the group the phone shows."""
        return self.do("join")

    def leave(self) -> Json:
        return self.do("leave")

    def rename(self, title: str) -> Json:
        """A new title for the group."""
        return self.do("rename", title=title)

    def chat(self, limit: int = 200) -> Json:
        """What the phone shows: `messages`, `state`, `action`, `keyboard`, `answer`; of a group also `members`,
        whether the bot `reads_all`, and the number it `moved_to`."""
        shown: Json = self._control.ask("GET", f"{self._bot}/chats/{self.chat_id}", params={"limit": limit})
        return shown

    def messages(self) -> list[Json]:
        """The Message objects of the chat, oldest first, without deleted ones."""
        return [one["message"] for one in self.chat(5000)["messages"] if not one["deleted"]]

    def answers(self) -> list[Json]:
        """Only what the bot wrote."""
        shown = self.chat(5000)["messages"]
        return [one["message"] for one in shown if one["by_bot"] and not one["deleted"]]
