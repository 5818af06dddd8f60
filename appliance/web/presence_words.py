"""What a colleague does in a ticket just now, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import ngettext

from appliance.services.presence import Present

NAMED = 3


def doing(present: Iterable[Present]) -> list[tuple[str, str]]:
    """(what, sentence), those who write first; what is reply, note or viewing."""
    colleagues = list(present)
    groups = ((what, [one for one in colleagues if one.doing == what]) for what in ("reply", "note", "viewing"))
    return [(what, _sentence(what, found)) for what, found in groups if found]


def row_line(present: Sequence[Present]) -> str:
    """The second line of a row while somebody writes there; '' when nobody does."""
    writing = [one for one in present if one.writing]
    if not writing:
        return ""
    return ngettext("%(names)s is writing…", "%(names)s are writing…", len(writing), names=_names(writing))


def lookers(present: Iterable[Present]) -> str:
    """Everybody who has the ticket open, by their full names."""
    return ", ".join(one.name for one in present)


def _sentence(what: str, found: Sequence[Present]) -> str:
    number, names = len(found), _names(found)
    if what == "reply":
        return ngettext("%(names)s is writing an answer…", "%(names)s are writing an answer…", number, names=names)
    if what == "note":
        return ngettext("%(names)s is writing a note…", "%(names)s are writing a note…", number, names=names)
    return ngettext("%(names)s is looking", "%(names)s are looking", number, names=names)


def _names(found: Sequence[Present]) -> str:
    """First names, as colleagues call each other; beyond three it is a crowd."""
    named = ", ".join(one.name.split(" ")[0] for one in found[:NAMED])
    return f"{named} +{len(found) - NAMED}" if len(found) > NAMED else named
