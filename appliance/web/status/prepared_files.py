"""/status/files: files that are being prepared, wait for it, or could not be; what failed can be tried again."""

from __future__ import annotations

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from appliance.plugins import plugins
from appliance.services import blobs, file_queue, room
from appliance.services.channels import explain
from appliance.services.connecting import ConnectProblem
from appliance.services.file_queue import QueuedFile
from appliance.web import kind_words
from appliance.web.form_errors import connect_problem, in_words, reader_language
from appliance.web.htmx import htmx
from appliance.web.security import only_for
from appliance.web.status.overview import blueprint


@blueprint.errorhandler(blobs.Gone)
def gone(_error: blobs.Gone) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.errorhandler(ConnectProblem)
def refused(problem: ConnectProblem) -> ResponseReturnValue:
    return connect_problem(problem).text, 409, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/files")
@only_for("owner", "manager")
def prepared_files() -> ResponseReturnValue:
    """The whole page, or the lists alone for a page that looks again."""
    return _lists() if htmx.partial else render_template("status/files.html", **_facts())


@blueprint.post("/files/<int:file_id>/again")
@only_for("owner", "manager")
def prepare_again(file_id: int) -> ResponseReturnValue:
    file_queue.try_again(file_id, g.actor)
    return _lists()


@blueprint.post("/files/again")
@only_for("owner", "manager")
def prepare_all_again() -> ResponseReturnValue:
    file_queue.try_all_again(g.actor)
    return _lists()


def _lists() -> ResponseReturnValue:
    return render_template("status/_file_queue.html", **_facts())


def _facts() -> dict[str, object]:
    return {"queue": file_queue.look(g.actor), "why": why, "name_of": name_of}


def name_of(file: QueuedFile) -> str:
    return file.name or kind_words.kind_name(file.kind)


def why(file: QueuedFile) -> str:
    """Why it waits or failed, in words; '' for no reason."""
    if not file.again:
        return _("Its connection is gone, so it can no longer be fetched.")
    if not file.code:
        return ""
    if file.code == room.CODE:
        return _("It waits for room on the disk.")
    if file.channel:
        found = explain(file.channel, file.code, {}, reader_language())
        return f"{found.text} {found.advice}".strip()
    if not file.here:
        return _("It could not be fetched.")
    told = plugins().ask_first("explain_failure", code=file.code)
    return in_words(str(told)) if told else _own_words(file.code)


def _own_words(code: str) -> str:
    if code == "crashed":
        return _("Preparing it stopped the box's worker several times, so it was given up.")
    return _("It could not be prepared. The original can be downloaded.")
