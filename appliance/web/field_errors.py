"""Why a field or a tag cannot be so, in the reader's language, by the form's field it belongs below."""

from __future__ import annotations

from flask_babel import gettext as _

from appliance.services.fields import FieldError
from appliance.services.tags import TagError


def any_of(error: FieldError | TagError) -> dict[str, str]:
    return field(error) if isinstance(error, FieldError) else tag(error)


def field(error: FieldError) -> dict[str, str]:
    known = {
        "name_empty": ("name", _("Please enter a name.")),
        "name_taken": ("name", _("There is a field of this name already.")),
        "choices_empty": ("choices", _("Please name at least one choice.")),
        "too_many": ("choices", _("These are too many.")),
        "not_allowed": ("", _("You may not do that.")),
    }
    return dict([known.get(error.code, ("", _("Please choose one of these.")))])


def tag(error: TagError) -> dict[str, str]:
    known = {
        "name_empty": ("name", _("Please enter a name.")),
        "name_taken": ("name", _("There is a tag of this name already: join the two.")),
        "same": ("into", _("Please choose another tag.")),
    }
    return dict([known.get(error.code, ("", _("You may not do that.")))])
