"""The texts that scripts show. They travel in a <meta> tag: a script holds no language of its own."""

from __future__ import annotations

import json

from flask_babel import gettext as _


def words() -> str:
    """A JSON object for static/js/words.js; {named} places are filled in there."""
    groups = (_common(), _lists(), _tray(), _writing(), _places(), _arranging(), _sizes())
    return json.dumps({name: text for group in groups for name, text in group.items()}, ensure_ascii=False)


def _common() -> dict[str, str]:
    return {
        "inbox": _("Inbox"),
        "palette_count": _("{count} to choose from"),
        "failed": _("That did not work. Please try again."),
        "offline": _("The box does not answer. Nothing was changed."),
        "forbidden": _("You may not do that."),
        "gone": _("This is no longer there."),
        "not_the_number": _("That is not its number."),
        "signed_in": _("You are signed in again."),
        "sign_in_failed": _("Signing in did not work. Check login and password."),
        "sending": _("Sending…"),
        "not_sent": _("Not sent. Your text is back in the field."),
        "draft_saved": _("Draft saved"),
        "draft_local": _("Draft kept in this browser"),
    }


def _lists() -> dict[str, str]:
    return {
        "list_changed": _("The list has changed"),
        "to_beginning": _("Back to the beginning"),
        "chosen": _("Selected: {count}"),
        "all_chosen": _("The whole list is selected: {count}"),
        "choose_loaded": _("Select all {count} shown"),
        "choose_all": _("Select the whole list"),
        "choose_all_of": _("Select all {count} of this list"),
    }


def _tray() -> dict[str, str]:
    return {
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
        "as_video_note": _("as round video"),
        "as_animation": _("as animation"),
        "round_video": _("cropped square, up to a minute"),
        "send_as": _("Send {name}"),
        "earlier": _("Move {name} up"),
        "later": _("Move {name} down"),
        "now_at": _("{name}: {place} of {count}"),
    }


def _writing() -> dict[str, str]:
    return {
        "new_messages": _("{count} new"),
        "to_newest": _("To the newest"),
        "new_rows": _("{count} new"),
        "undo": _("Undo"),
        "leaves_in": _("Leaves in {seconds} s"),
        "characters": _("{count} of {limit}; more goes out as several messages"),
        "parts": _("goes out as {count} messages"),
        "enter_sends": _("Enter sends, Shift+Enter starts a new line"),
        "enter_saves": _("Enter saves, Escape leaves it as it was"),
        "ctrl_enter_sends": _("Ctrl+Enter sends, Enter starts a new line"),
        "ctrl_enter_saves": _("Ctrl+Enter saves, Escape leaves it as it was"),
        "fill_gaps": _("Fill in first: {names}"),
        "mention_offer": _("Colleagues to name: {count}. The arrow keys choose."),
        "sent_to": _("Sent: {name}"),
        "reply_saved": _("Kept as a saved reply."),
        "copied": _("Copied"),
        "not_copied": _("This browser does not let pages copy."),
        "deleting": _("It is being deleted at the customer's end."),
        "yours_now": _("The ticket is yours now."),
        "asked_photo": _("Asked for a photo"),
        "asked_video": _("Asked for a video"),
        "asked_location": _("Asked for the location"),
        "asked_phone": _("Asked for the phone number"),
        "no_preview": _("no link preview"),
        "with_preview": _("Show the link preview after all"),
        "remove_answer": _("Remove the answer {label}"),
        "needs_answer": _("Write at least one answer."),
        "answer_twice": _("Two answers are the same."),
    }


def _arranging() -> dict[str, str]:
    return {
        "selected": _("Chosen: {count}"),
        "select_message": _("Choose: {message}"),
    }


def _places() -> dict[str, str]:
    return {
        "needs_name": _("A name is missing."),
        "needs_address": _("A place with a name has an address, too."),
        "bad_phone": _("This is not a phone number."),
        "bad_latitude": _("A number from −90 to 90."),
        "bad_longitude": _("A number from −180 to 180."),
        "place_unread": _("No coordinates were found in it."),
        "place_short": _("A short link hides its place. Open it and paste the long address."),
        "place_needs_https": _("Browsers tell where they are only to pages that came by HTTPS."),
        "place_looking": _("Looking…"),
        "place_found": _("Found, within {metres} m."),
        "place_not_found": _("The browser could not tell where it is."),
    }


def _sizes() -> dict[str, str]:
    return {
        "bytes": _("{size} B"),
        "kilobytes": _("{size} KB"),
        "megabytes": _("{size} MB"),
    }
