"""getMe and what a bot says of itself: names, descriptions, commands, photo."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import Source, take_in
from appliance_sandbox.server.uploading import read_media

PHOTO = Path(__file__).parent.parent.parent / "samples" / "bot.jpg"
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
# Method name -> field and its longest value.
TEXTS = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


@method("getMe")
def get_me(call: Call) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": call.bot.reads_groups}
    absent = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app", "has_topics_enabled")
    return {**call.bot.user(), **abilities, **dict.fromkeys(absent, False)}


def _set_text(field: str, longest: int, call: Call) -> bool:
    value = call.parameters.text(field)
    if len(value) > longest:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    call.sandbox.settings.write(call.bot.id, field, value, call.parameters.text("language_code"))
    return True


def _get_text(field: str, call: Call) -> Json:
    value = call.sandbox.settings.read(call.bot.id, field, call.parameters.text("language_code"))
    return {field: value or (call.bot.name if field == "name" else "")}


for _name, (_field, _longest) in TEXTS.items():
    method(f"setMy{_name}")(partial(_set_text, _field, _longest))
    method(f"getMy{_name}")(partial(_get_text, _field))


@method("setMyCommands")
def set_commands(call: Call) -> bool:
    commands = call.parameters.listing("commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", "")).lstrip("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    _write_commands(call, commands)
    return True


@method("deleteMyCommands")
def delete_commands(call: Call) -> bool:
    _write_commands(call, [])
    return True


@method("getMyCommands")
def get_commands(call: Call) -> Any:
    language, scope = call.parameters.text("language_code"), _scope(call)
    return call.sandbox.settings.read(call.bot.id, "commands", language, scope) or []


def _write_commands(call: Call, commands: list[Json]) -> None:
    call.sandbox.settings.write(call.bot.id, "commands", commands, call.parameters.text("language_code"), _scope(call))


def _scope(call: Call) -> str:
    scope = call.parameters.mapping("scope")
    named = [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return ":".join([str(scope.get("type", "default")), *named])


@method("setMyProfilePhoto")
def set_photo(call: Call) -> bool:
    photo = call.parameters.mapping("photo")
    call.sandbox.settings.write(call.bot.id, "photo", read_media(call, "photo", str(photo.get("photo", "")), {}))
    return True


@method("removeMyProfilePhoto")
def remove_photo(call: Call) -> bool:
    call.sandbox.settings.write(call.bot.id, "photo", "none")
    return True


@method("getUserProfilePhotos")
def get_photos(call: Call) -> Json:
    photos = profile_photos(call, call.parameters.integer("user_id"))
    return {"total_count": len(photos), "photos": photos}


def profile_photos(call: Call, user_id: int) -> list[list[Json]]:
    """The bot's own picture in its sizes; customers of the sandbox show none."""
    if user_id != call.bot.id:
        return []
    settings = call.sandbox.settings
    photo = settings.read(call.bot.id, "photo")
    if not photo:
        with PHOTO.open("rb") as stream:
            photo = take_in(call.sandbox, call.bot.id, "photo", Source(stream))
        settings.write(call.bot.id, "photo", photo)
    return [] if photo == "none" else [photo]
