"""Everything the page shows of one customer's phone, gathered in one go."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any

from appliance_sandbox.control import Control
from appliance_sandbox.phone.bubbles import Bubble, show_bubbles
from appliance_sandbox.phone.contacts import full_name
from appliance_sandbox.phone.line import first_bot, practice_url
from appliance_sandbox.phone.scene import Scene
from appliance_sandbox.server.standing import ANONYMOUS, INSIDE

Json = dict[str, Any]
CONNECTED_SECONDS = 120  # a bot that asked for updates within this time is read by somebody
ANSWER_SECONDS = 6  # how long the answer to a pressed button stays
NEWEST = 100  # messages shown


@dataclass(frozen=True, slots=True)
class Screen:
    """`chat` is the chat's view as the control API shows it; `mark` changes whenever anything does."""

    scene: Scene
    person: Json
    chat: Json
    answer: Json | None
    connected: bool
    address: str
    token: str
    bubbles: list[Bubble]
    mark: str

    @property
    def bot(self) -> Json:
        bot: Json = self.chat["bot"]
        return bot

    @property
    def state(self) -> str:
        """'' (never written), started or blocked; in a group member, administrator, left or kicked."""
        return str(self.chat["state"])

    @property
    def typing(self) -> bool:
        return bool(self.chat["action"])

    @property
    def keyboard(self) -> list[list[Json]]:
        """The keys below the input, row by row."""
        return list((self.chat["keyboard"] or {}).get("keyboard", []))

    @property
    def name(self) -> str:
        return full_name(self.person)

    @property
    def title(self) -> str:
        return str(self.chat["chat"].get("title") or self.bot["first_name"])

    @property
    def is_group(self) -> bool:
        return self.scene.group_id != 0

    @property
    def inside(self) -> bool:
        """Whether the bot is in this group."""
        return self.state in INSIDE and not self.chat["moved_to"]

    @property
    def blocked(self) -> bool:
        return self.state == "blocked"

    @property
    def group_mark(self) -> str:
        """Changes with everything the group's own panel shows."""
        return _mark([self.chat[name] for name in ("chat", "state", "members", "reads_all", "moved_to")])


def show_screen(control: Control, person: Json, scene: Scene) -> Screen:
    """LookupError for a group that is not there."""
    chat = scene.phone(control).chat(NEWEST)
    polled_at = chat.pop("polled_at") or 0
    answer = chat["answer"] if chat["answer"] and time.time() - chat["answer"]["at"] < ANSWER_SECONDS else None
    # A webhook is read without anybody asking.
    reached = bool(chat["webhook"]) or time.time() - polled_at < CONNECTED_SECONDS
    own_id = ANONYMOUS["id"] if scene.anonymous else person["id"]
    return Screen(
        scene=scene,
        person=person,
        chat=chat,
        answer=answer,
        connected=reached,
        address=practice_url(),
        token=first_bot(control)["token"],
        bubbles=show_bubbles(chat["messages"], own_id, scene.group_id != 0),
        mark=_mark([chat, answer, reached, scene.start]),
    )


def find_person(control: Control, person_id: int) -> Json:
    """LookupError when there is no such customer."""
    found = next((person for person in control.customers() if person["id"] == person_id), None)
    if found is None:
        raise LookupError(f"no customer {person_id}")
    return found


def _mark(seen: Any) -> str:
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
