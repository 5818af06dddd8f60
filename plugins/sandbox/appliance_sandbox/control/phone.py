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

    Common fields of all that sends: `reply_to` (message id), `date` (seconds), `extra` (added to the Message).
    """

    def __init__(self, control: Commands, bot_id: int, customer_id: int, chat_id: int) -> None:
        self._control = control
        self._bot = f"/bots/{bot_id}"
        self.customer_id = customer_id
        self.chat_id = chat_id

    def do(self, act: str, files: dict[str, Upload] | None = None, **fields: Any) -> Json:
        """Any act by its name (`server.customers`)."""
        path = f"{self._bot}/customers/{self.customer_id}/{act}"
        fields = {"chat_id": self.chat_id, **fields}
        if files:
            parts = {name: upload.part() for name, upload in files.items()}
            options: Json = {"data": {"fields": json.dumps(fields)}, "files": parts}
        else:
            options = {"json": fields}
        done: Json = self._control.ask("POST", path, **options)
        return done

    def start(self, payload: str = "") -> Json:
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

    def move(self, message_id: int, latitude: float, longitude: float) -> Json:
        return self.do("move", message_id=message_id, latitude=latitude, longitude=longitude)

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

    def chat(self, limit: int = 200) -> Json:
        """What the phone shows: `messages`, `state`, `action`, `keyboard`, `answer`."""
        shown: Json = self._control.ask("GET", f"{self._bot}/chats/{self.chat_id}", params={"limit": limit})
        return shown

    def messages(self) -> list[Json]:
        """The Message objects of the chat, oldest first, without deleted ones."""
        return [one["message"] for one in self.chat(5000)["messages"] if not one["deleted"]]

    def answers(self) -> list[Json]:
        """Only what the bot wrote."""
        shown = self.chat(5000)["messages"]
        return [one["message"] for one in shown if one["by_bot"] and not one["deleted"]]
