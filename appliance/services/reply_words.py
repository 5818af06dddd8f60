"""What stands in a saved reply beside its words: variables that the desk fills in, and gaps that a person does.

`{{customer.name|"hello"}}` or `{{клиент.имя|«здравствуйте»}}` is a variable with what to say when it is not known; one
that is not known and has no such words becomes a gap. `[[model]]` is a gap: nothing that has one is sent to a customer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# What is meant → its names in both languages.
NAMES: Mapping[str, tuple[str, str]] = {
    "customer.name": ("customer.name", "клиент.имя"),
    "customer.first_name": ("customer.first_name", "клиент.личное_имя"),
    "customer.phone": ("customer.phone", "клиент.телефон"),
    "customer.username": ("customer.username", "клиент.ник"),
    "customer.company": ("customer.company", "клиент.компания"),
    "ticket.number": ("ticket.number", "заявка.номер"),
    "ticket.subject": ("ticket.subject", "заявка.тема"),
    "agent.name": ("agent.name", "оператор.имя"),
    "agent.first_name": ("agent.first_name", "оператор.личное_имя"),
    "company.name": ("company.name", "компания.название"),
}
# A field of the ticket or its customer by its own name: {{field.Order number}}.
FIELD = ("field.", "поле.")
_KEYS = {name: key for key, names in NAMES.items() for name in names}
_VARIABLE = re.compile(
    r"\{\{\s*(?P<name>[^{}|\n]{1,80}?)\s*"
    r"(?P<else>\|\s*(?:\"(?P<straight>[^\"{}]*)\"|«(?P<angled>[^»{}]*)»|“(?P<curly>[^”{}]*)”|(?P<bare>[^{}]*?))\s*)?\}\}"
)
_GAP = re.compile(r"\[\[\s*([^\[\]\n]{1,80}?)\s*\]\]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in, all at once: what a customer is called is never read again. `values` by
    the names of NAMES, fields by "field." and their name in small letters."""
    return _VARIABLE.sub(lambda found: _value(found, values), text)


def gaps(text: str) -> tuple[str, ...]:
    """What still has to be filled in, in order."""
    return tuple(found.strip() for found in _GAP.findall(text) if found.strip())


def unknown(text: str) -> tuple[str, ...]:
    """Names of variables that nobody knows: a slip of the pen."""
    names = (found["name"] for found in _VARIABLE.finditer(text))
    return tuple(name for name in names if key_of(name) is None)


def key_of(name: str) -> str | None:
    """What a variable's name means: a key of NAMES, "field." with the field's name, None for nothing."""
    written = " ".join(name.split()).casefold()
    for start in FIELD:
        if written.startswith(start) and len(written) > len(start):
            return FIELD[0] + written.removeprefix(start)
    return _KEYS.get(written)


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    known = values.get(key_of(found["name"]) or "", "").strip()
    if known:
        # A name that looks like a gap would keep the reply from leaving.
        return known.replace("[[", "[").replace("]]", "]")
    if found["else"] is None:
        return f"[[{found['name']}]]"
    return next((said for said in found.group("straight", "angled", "curly", "bare") if said is not None), "")
