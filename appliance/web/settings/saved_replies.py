"""Saved replies: everybody keeps their own; owners and managers also those of everybody."""

from __future__ import annotations

from typing import BinaryIO, NoReturn, cast

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from appliance.language import LANGUAGES
from appliance.services import files, reply_words, saved_replies, saved_reply_changes
from appliance.services.saved_replies import SavedReplyError
from appliance.services.saved_reply_changes import Wanted
from appliance.web import saved_reply_words
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/saved-replies/", endpoint="saved_replies")
def show() -> ResponseReturnValue:
    return _page()


@blueprint.post("/saved-replies/")
def make_saved_reply() -> ResponseReturnValue:
    return _save(None)


@blueprint.post("/saved-replies/<int:reply_id>")
def change_saved_reply(reply_id: int) -> ResponseReturnValue:
    return _save(reply_id)


@blueprint.post("/saved-replies/<int:reply_id>/delete")
def delete_saved_reply(reply_id: int) -> ResponseReturnValue:
    """Back on the page there is a button that undoes it."""
    try:
        saved_reply_changes.delete_one(reply_id, g.actor)
    except SavedReplyError as error:
        _refuse(error)
    return redirect(url_for("settings.saved_replies", deleted=reply_id), 303)


@blueprint.post("/saved-replies/<int:reply_id>/restore")
def restore_saved_reply(reply_id: int) -> ResponseReturnValue:
    try:
        saved_reply_changes.bring_back(reply_id, g.actor)
    except SavedReplyError as error:
        _refuse(error)
    return redirect(url_for("settings.saved_replies", _anchor=f"reply-{reply_id}"), 303)


def _save(reply_id: int | None) -> ResponseReturnValue:
    try:
        made = saved_reply_changes.save(_wanted(), g.actor, reply_id)
    except SavedReplyError as error:
        if error.code in ("not_found", "not_allowed"):
            _refuse(error)
        field, words = saved_reply_words.words(error)
        return _page({field: words}, reply_id or 0)
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.saved_replies", _anchor=f"reply-{made}"), 303)


def _refuse(error: SavedReplyError) -> NoReturn:
    abort(403 if error.code == "not_allowed" else 404)


def _wanted() -> Wanted:
    form = request.form
    texts = {language: form.get(f"text-{language}", "").replace("\r\n", "\n") for language in LANGUAGES}
    return Wanted(form.get("name", ""), texts, form.get("tags", "").split(","), _files(), form.get("shared") == "1")


def _files() -> list[tuple[int, str]]:
    """What stays, in order, and after it what is new."""
    kept = [int(number) for number in request.form.getlist("file") if number.isdecimal() and len(number) < 18]
    stays = [(number, request.form.get(f"kind-{number}", "document")) for number in kept]
    return stays + [_receive(attached) for attached in request.files.getlist("attach") if attached.filename]


def _receive(file: FileStorage) -> tuple[int, str]:
    mime = file.mimetype or "application/octet-stream"
    kind = files.guess_kind(mime)
    return files.receive(cast(BinaryIO, file.stream), file.filename or "", mime, g.actor, kind), kind


def _page(errors: dict[str, str] | None = None, failed: int = -1) -> ResponseReturnValue:
    """`failed`: whose form has the errors and what was typed; 0 is the new one's."""
    found = saved_replies.usable(g.actor)
    return page(
        "saved_replies",
        status=422 if errors else 200,
        own=[view for view in found if not view.shared],
        shared=[view for view in found if view.shared],
        may_share=saved_replies.may_share(g.actor),
        variables=reply_words.NAMES.values(),
        deleted=request.args.get("deleted", type=int),
        failed=failed,
        given=request.form,
        errors=errors or {},
    )
