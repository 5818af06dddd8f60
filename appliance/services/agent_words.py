"""Why an agent could not be added or changed: msgids for the pages and the command line."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.language import mark

AGENT_ERRORS: Mapping[str, str] = {
    "login_malformed": mark(
        "A login has 2 to 64 letters, digits or the signs . _ @ + - and starts with a letter or digit."
    ),
    "login_taken": mark("This login exists already."),
    "name_empty": mark("Please enter a name."),
    "role_unknown": mark("There is no such role."),
    "password_short": mark("The password is too short: 10 characters or more, any you like."),
    "password_long": mark("The password is too long."),
    "password_known": mark("This password is too easy to guess."),
    "language_unknown": mark("There is no such language."),
    "theme_unknown": mark("There is no such theme."),
    "undo_unknown": mark("Please choose one of these."),
    "last_owner": mark("This is the only owner. Make somebody else an owner first."),
    "no_heir": mark("Choose a colleague who works here."),
    "not_found": mark("There is no such person."),
    "not_allowed": mark("Only an owner may do that."),
}
