"""The keyboard: one table for the keys themselves, the overlay that tells of them, and the commands of the palette.

A key acts by pressing the button that the page has for it, so nothing is done twice; where the page has no such
button, the key does nothing. Keys are named by their place (`event.code`): they work on every layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

_ROWS = "#rows .row"
_TICKET_OPEN = "#workplace[data-ticket]"
_DONE = "#finish"
# While tickets are chosen in the list, keys mean them.
_CHOSEN = "#bulk-bar #bulk-{} > summary"


@dataclass(frozen=True)
class Shortcut:
    """`keys`: ways to press it, each of one or more strokes ("KeyG KeyI"). `press`: CSS selectors; the first one that
    the page has is pressed. `act`: what static/js/key-acts.js does instead, where the page has what `press` names.
    `writing`: works while somebody writes, too, and cannot be switched off: it is no single letter."""

    name: str
    label: str
    keys: tuple[str, ...] = ()
    press: str = ""
    act: str = ""
    writing: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    shortcuts: tuple[Shortcut, ...]


def sections() -> tuple[Section, ...]:
    """In the reader's language."""
    return (
        Section(_("Everywhere"), _everywhere()),
        Section(_("The list"), _list()),
        Section(_("The ticket"), _ticket()),
        Section(_("Writing"), _writing()),
        Section(_("Go to"), _places()),
        Section(_("Colours"), _colours()),
    )


def _everywhere() -> tuple[Shortcut, ...]:
    return (
        Shortcut("palette", _("Actions and quick search"), ("Control+KeyK",), act="palette", writing=True),
        Shortcut("search", _("Search"), ("Slash", "key:/"), act="search"),
        Shortcut("keys", _("Show the keys"), ("Shift+Slash", "key:?"), act="keys"),
        Shortcut("new", _("New ticket"), ("KeyC",), press='[data-key="new"]'),
    )


def _list() -> tuple[Shortcut, ...]:
    return (
        Shortcut("next", _("Next row"), ("KeyJ", "ArrowDown"), press=_ROWS, act="next"),
        Shortcut("previous", _("Previous row"), ("KeyK", "ArrowUp"), press=_ROWS, act="previous"),
        Shortcut("open", _("Open the row"), ("Enter",), press=_ROWS, act="open"),
        Shortcut("open-next", _("Open the next ticket"), ("Alt+ArrowDown",), press=_ROWS, act="openNext"),
        Shortcut("open-previous", _("Open the previous ticket"), ("Alt+ArrowUp",), press=_ROWS, act="openPrevious"),
        Shortcut("select", _("Select the row"), ("KeyX",), press=_ROWS, act="select"),
        Shortcut("select-down", _("Select downwards"), ("Shift+ArrowDown",), press=_ROWS, act="selectDown"),
        Shortcut("select-up", _("Select upwards"), ("Shift+ArrowUp",), press=_ROWS, act="selectUp"),
        Shortcut("back", _("Back to the list"), ("Escape",), press=_ROWS, act="back"),
    )


def _ticket() -> tuple[Shortcut, ...]:
    return (
        Shortcut("done", _("Done"), ("KeyE",), press=f"{_CHOSEN.format('finish')}, {_DONE}"),
        Shortcut("done-next", _("Done, and open the next"), ("Shift+KeyE",), press=_DONE, act="doneNext"),
        Shortcut("snooze", _("Snooze"), ("KeyZ",), press='[data-key="snooze"], #snooze-menu > summary'),
        Shortcut(
            "assign",
            _("Choose who takes care of it"),
            ("KeyA",),
            press=f"{_CHOSEN.format('assign')}, #assign-menu > summary",
        ),
        Shortcut("take", _("Take it"), ("KeyI",), press="#take"),
        Shortcut("tag", _("Tags"), ("KeyT",), press=f"{_CHOSEN.format('tag')}, #fact-tags"),
        Shortcut("unread", _("Mark as unread"), ("KeyU",), press='[data-key="unread"]'),
        Shortcut("spam", _("Spam"), ("Shift+Digit1",), press='#bulk-bar [data-bulk="spam"], [hx-vals="shelf:spam"]'),
        Shortcut(
            "trash",
            _("Move to the trash…"),
            ("Shift+Digit3",),
            press='#bulk-bar [data-bulk="trash"], [data-opens="trash-dialog"]',
        ),
        Shortcut("number", _("Copy the number"), ("Period",), press=_TICKET_OPEN, act="copyNumber"),
        Shortcut("link", _("Copy the link"), ("Period Period",), press=_TICKET_OPEN, act="copyLink"),
    )


def _writing() -> tuple[Shortcut, ...]:
    return (
        Shortcut("reply", _("Reply"), ("KeyR",), press='#composer [data-choose="reply"]'),
        Shortcut("note", _("Note"), ("KeyN",), press='#composer [data-choose="note"]'),
        Shortcut(
            "mode", _("Reply or note, by turns"), ("Control+Period",), press="#composer", act="mode", writing=True
        ),
        Shortcut(
            "saved",
            _("Saved replies"),
            ("Control+Slash",),
            press="#open-replies",
            writing=True,
        ),
        Shortcut(
            "quote",
            _("Answer the customer's last message"),
            ("Control+ArrowUp",),
            press="#log-items .message-in [data-reply]",
            act="quote",
        ),
        Shortcut(
            "send-done",
            _("Send, and done"),
            ("Control+Shift+Enter",),
            press='#composer [data-then="done"]',
            writing=True,
        ),
        Shortcut("leave", _("Leave the text"), ("Escape",), press="#composer", act="leave", writing=True),
    )


def _places() -> tuple[Shortcut, ...]:
    found = (
        ("inbox", _("Inbox"), "KeyI", 'a[href="/inbox"]'),
        ("mine", _("My tickets"), "KeyM", 'a[href="/inbox?tab=mine"]'),
        ("views", _("Views"), "KeyV", 'a[href*="view="]'),
        ("customers", _("Customers"), "KeyC", 'a[href^="/customers"]'),
        ("today", _("Today"), "KeyR", 'a[href^="/today"]'),
        ("settings", _("Settings"), "KeyS", 'a[href^="/settings"]'),
    )
    return tuple(
        Shortcut(f"go-{name}", label, (f"KeyG {key}",), press=f"#nav {link}") for name, label, key, link in found
    )


def _colours() -> tuple[Shortcut, ...]:
    """Of no key: the palette alone has them."""
    return (
        Shortcut("theme-light", _("Light colours"), act="light"),
        Shortcut("theme-dark", _("Dark colours"), act="dark"),
        Shortcut("theme-auto", _("Colours as the device"), act="auto"),
    )
