"""What the owner can choose."""

from __future__ import annotations

from appliance import SettingField, box, mark

ENABLED = "sandbox.enabled"
PORT = "sandbox.port"
LOCAL = "sandbox.local"


def check_port(value: str) -> str | None:
    if value.isdecimal() and 1024 <= int(value) <= 65535:
        return None
    return mark("A port is a number from 1024 to 65535.")


FIELDS = (
    SettingField(
        name=ENABLED,
        label=mark("Practice phone"),
        kind="switch",
        help=mark("A messenger of the box's own, for training: staff play customers, nothing leaves the box."),
    ),
    SettingField(
        name=PORT,
        label=mark("Port of the practice messenger"),
        kind="number",
        default="8481",
        help=mark("Reachable from the box itself only. A connected practice bot has it in its API address."),
        check=check_port,
    ),
    SettingField(
        name=LOCAL,
        label=mark("Practise with an own Bot API server"),
        kind="switch",
        help=mark("The practice messenger hands out files over 20 MB, as an own server in local mode does."),
    ),
)


def is_enabled() -> bool:
    return box().setting(ENABLED) == "1"


def is_local() -> bool:
    return box().setting(LOCAL) == "1"


def port() -> int:
    return int(box().setting(PORT))
