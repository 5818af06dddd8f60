"""Why a team could not be made or changed: msgids for the pages."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.language import mark

TEAM_ERRORS: Mapping[str, str] = {
    "name_empty": mark("Please enter a name."),
    "name_taken": mark("There is a team of this name already."),
    "sharing_unknown": mark("Please choose one of these."),
    "no_agent": mark("There is no such person."),
    "not_found": mark("There is no such team."),
    "not_allowed": mark("Only an owner may do that."),
}
