"""Why a saved reply was not kept, in words, and beside which field they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from appliance.services.saved_replies import SavedReplyError


def words(error: SavedReplyError) -> tuple[str, str]:
    """(field, words); '' for no field."""
    field, text = _WORDS.get(error.code, ("", lambda _p: _("That did not work. Please try again.")))
    return field, text(error.params)


_WORDS: Mapping[str, tuple[str, Callable[[Mapping[str, object]], str]]] = {
    "not_found": ("", lambda _p: _("This is no longer there.")),
    "not_allowed": ("", lambda _p: _("Only owners and managers change what is everybody's.")),
    "name_empty": ("name", lambda _p: _("Give it a name by which you will find it.")),
    "text_empty": ("text-en", lambda _p: _("Write a text in at least one language, or attach a file.")),
    "text_long": ("text-en", lambda _p: _("The text is too long.")),
    "unknown_variable": (
        "text-en",
        lambda p: _("There is no variable “%(name)s”. The list below names those there are.", name=p.get("name", "")),
    ),
    "too_many_files": ("files", lambda p: _("At most %(most)s files.", most=p.get("most", ""))),
    "file_gone": ("files", lambda _p: _("An attached file is no longer there. Attach it again.")),
}
