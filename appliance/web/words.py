"""The texts that scripts show. They travel in a <meta> tag: a script holds no language of its own."""

from __future__ import annotations

import json

from flask_babel import gettext as _


def words() -> str:
    """A JSON object for static/js/words.js; {named} places are filled in there."""
    return json.dumps(
        {
            "inbox": _("Inbox"),
            "failed": _("That did not work. Please try again."),
            "offline": _("The box does not answer. Nothing was changed."),
            "forbidden": _("You may not do that."),
            "gone": _("This is no longer there."),
            "signed_in": _("You are signed in again."),
            "sign_in_failed": _("Signing in did not work. Check login and password."),
            "sending": _("Sending…"),
            "not_sent": _("Not sent. Your text is back in the field."),
            "draft_saved": _("Draft saved"),
            "draft_local": _("Draft kept in this browser"),
            "uploading": _("Uploading…"),
            "upload_failed": _("{name} could not be uploaded."),
            "too_large": _("{name} is larger than {limit} and cannot be sent."),
            "wait_uploads": _("Wait until the files are uploaded."),
            "remove": _("Remove {name}"),
            "retry": _("Retry"),
            "as_photo": _("as picture"),
            "as_video": _("as video"),
            "as_voice": _("as voice message"),
            "as_audio": _("as sound"),
            "as_document": _("as file"),
            "change_kind": _("Send it as something else"),
            "new_messages": _("{count} new"),
            "new_rows": _("{count} new"),
            "undo": _("Undo"),
            "leaves_in": _("Leaves in {seconds} s"),
            "characters": _("{count} of {limit}"),
            "parts": _("goes out as {count} messages"),
            "enter_sends": _("Enter sends, Shift+Enter starts a new line"),
            "bytes": _("{size} B"),
            "kilobytes": _("{size} KB"),
            "megabytes": _("{size} MB"),
        },
        ensure_ascii=False,
    )
