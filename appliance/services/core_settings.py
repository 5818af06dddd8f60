"""The settings the core itself brings; plugins bring theirs through `register_settings`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from appliance.language import mark
from appliance.values import SettingField

LANGUAGE_CHOICES = (("en", "English"), ("ru", "Русский"))
# The code that is stored, and the sign people write.
CURRENCIES = (
    ("RUB", "₽"), ("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("KZT", "₸"), ("BYN", "Br"), ("UZS", "soʻm"),
    ("KGS", "сом"), ("AMD", "֏"), ("AZN", "₼"), ("GEL", "₾"), ("UAH", "₴"), ("TRY", "₺"), ("CNY", "¥"),
)  # fmt: skip
SHARING_CHOICES = (
    ("", mark("Whoever takes it first")),
    ("round_robin", mark("Everybody in turn")),
    ("least_busy", mark("Whoever has the fewest open tickets")),
)
UNDO_CHOICES = (("0", mark("Off")), ("5", "5"), ("10", "10"), ("20", "20"))


def check_time_zone(value: str) -> str | None:
    return None if value in available_timezones() else mark("There is no such time zone.")


def check_address(value: str) -> str | None:
    """'' or the http(s) origin people open the desk at."""
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and not parts.query:
        return None
    return mark("Write it as http://name or https://name, without a path.")


def check_number(least: int, most: int) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        if value.isdecimal() and least <= int(value) <= most:
            return None
        return mark("This number is out of range.")

    return check


def check_optional(check: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """An empty field is well, too."""
    return lambda value: check(value) if value else None


def machine_time_zone() -> str:
    """What the machine was set to, UTC if that cannot be told."""
    name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")[2]
    try:
        return ZoneInfo(name).key if name else "UTC"
    except (OSError, ValueError, KeyError):
        return "UTC"


def core_settings() -> tuple[SettingField, ...]:
    """Names without a dot are the core's own."""
    return (*_company(), *_messages(), *_work(), *_keeping(), *_files())


def _company() -> tuple[SettingField, ...]:
    return (
        SettingField("company", mark("Company name")),
        SettingField("language", mark("Language"), "choice", "en", choices=LANGUAGE_CHOICES),
        SettingField("time_zone", mark("Time zone"), default=machine_time_zone(), check=check_time_zone),
        SettingField(
            "base_url",
            mark("Address of the desk"),
            help=mark("How staff open it, if not by its IP address: for example http://helpdesk.lan"),
            check=check_address,
        ),
        SettingField(
            "currency",
            mark("Currency"),
            "choice",
            "RUB",
            help=mark("What fields that hold money are shown in."),
            choices=tuple((code, f"{code} {sign}") for code, sign in CURRENCIES),
        ),
        SettingField(
            "priorities",
            mark("Tickets have a priority"),
            "switch",
            "1",
            help=mark("Low, normal, high or urgent. A small team often does without."),
        ),
    )


def _messages() -> tuple[SettingField, ...]:
    return (
        SettingField(
            "undo_seconds",
            mark("Time to undo a reply"),
            "choice",
            "5",
            help=mark("A sent reply waits this many seconds and can be taken back."),
            choices=UNDO_CHOICES,
        ),
        SettingField(
            "typing",
            mark("Show customers that somebody writes"),
            "switch",
            "1",
            help=mark("While staff write a reply, the customer's messenger says so, if it can."),
        ),
    )


def _work() -> tuple[SettingField, ...]:
    """`sharing`: see services/sharing.py; `only_assignee`: services/collisions.py."""
    return (
        SettingField(
            "sharing",
            mark("Who gets a new ticket of no team"),
            "choice",
            "",
            help=mark("Only who is here gets tickets this way, not who is away. Teams have a choice of their own."),
            choices=SHARING_CHOICES,
        ),
        SettingField(
            "only_assignee",
            mark("Only who takes care of a ticket answers in it"),
            "switch",
            "",
            help=mark("Others may write notes. Off, colleagues stand in for each other."),
        ),
    )


def _keeping() -> tuple[SettingField, ...]:
    return (
        SettingField(
            "journal_days",
            mark("Days to keep raw messages"),
            "number",
            "30",
            help=mark("What the messengers sent, as received, is kept this long after it was read."),
            check=check_number(1, 3650),
        ),
        SettingField(
            "trail_days",
            mark("Days to keep the trails of live locations"),
            "number",
            "30",
            help=mark("Afterwards only where each of them started and ended is kept."),
            check=check_number(1, 3650),
        ),
    )


def _files() -> tuple[SettingField, ...]:
    return (
        SettingField(
            "fetch_click_mb",
            mark("Fetch files larger than … MB only on click"),
            "number",
            help=mark(
                "For a metered or slow line: larger files stay at the messenger until somebody asks. Empty: fetch all."
            ),
            check=check_optional(check_number(1, 100_000)),
        ),
        SettingField(
            "disk_reserve_mb",
            mark("Keep this many MB of the disk free"),
            "number",
            "1024",
            help=mark("With less, large files wait until there is room again; messages and small files still come in."),
            check=check_number(64, 10_000_000),
        ),
        _days("video", mark("Days to keep originals of videos")),
        _days("photo", mark("Days to keep originals of photos")),
        _days("voice", mark("Days to keep originals of voices and sounds")),
        _days("document", mark("Days to keep original documents")),
    )


def _days(group: str, label: str) -> SettingField:
    """A keep-rule: see services/keep_rules.py."""
    return SettingField(
        f"keep_{group}_days",
        label,
        "number",
        "0",
        help=mark("0: for ever. What the chat shows stays. Look first at what would go: Status, What fills the disk."),
        check=check_number(0, 36_500),
    )
