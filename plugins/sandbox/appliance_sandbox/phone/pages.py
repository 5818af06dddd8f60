"""`/sandbox/`: the practice phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance_sandbox.control import Control, ControlError, Phone
from appliance_sandbox.phone import doing, media
from appliance_sandbox.phone.line import NotReachableError, first_bot, line
from appliance_sandbox.phone.screen import find_person, list_contacts, show_screen
from appliance_sandbox.ready import READY

blueprint = Blueprint("sandbox", __name__, template_folder="../templates", static_folder="../static")
blueprint.add_url_rule("/files/<kind>/<file_id>", view_func=media.get_file)
LONGEST_NAME = 64


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The phone of the customer asked for (`?customer=`), else of whoever wrote last."""
    contacts = line.ask(list_contacts)
    wanted = request.args.get("customer", 0, int) or (contacts[0].id if contacts else 0)
    if not wanted:
        return render_template("sandbox/phone.html", contacts=[], screen=None, ready=READY)
    screen = line.ask(lambda control: show_screen(control, find_person(control, wanted)))
    return render_template("sandbox/phone.html", contacts=contacts, screen=screen, ready=READY)


@blueprint.get("/contacts")
def contacts() -> ResponseReturnValue:
    current = request.args.get("customer", 0, int)
    return render_template("sandbox/_contacts.html", contacts=line.ask(list_contacts), current=current)


@blueprint.get("/<int:person_id>/chat")
def chat(person_id: int) -> ResponseReturnValue:
    """The chat as it is now; 204 when it is still the one the page shows (`?mark=`)."""
    screen = line.ask(lambda control: show_screen(control, find_person(control, person_id)))
    if screen.mark == request.args.get("mark"):
        return "", 204
    return render_template("sandbox/_chat.html", screen=screen, problem="")


@blueprint.post("/customers")
def add_customer() -> ResponseReturnValue:
    name = request.form.get("name", "").strip()[:LONGEST_NAME] or "?"
    first, _, last = name.partition(" ")
    language = request.form.get("language", "en")

    def add(control: Control) -> int:
        person = control.add_customer(first, last_name=last.strip(), language_code=language)
        return int(person["id"])

    return redirect(url_for("sandbox.index", customer=line.ask(add)), 303)


@blueprint.post("/<int:person_id>/text")
def text(person_id: int) -> ResponseReturnValue:
    form = request.form
    if not form.get("text", "").strip():
        return _answer(person_id, lambda phone: None)
    edit, reply_to = form.get("edit", 0, int), form.get("reply_to", 0, int)
    return _answer(person_id, lambda phone: doing.write(phone, form["text"], reply_to, edit))


@blueprint.post("/<int:person_id>/file")
def file(person_id: int) -> ResponseReturnValue:
    upload, form = request.files.get("file"), request.form
    if not upload:
        return _answer(person_id, lambda phone: None)
    return _answer(person_id, lambda phone: doing.attach(phone, upload, form.get("kind", ""), form.get("caption", "")))


@blueprint.post("/<int:person_id>/act")
def act(person_id: int) -> ResponseReturnValue:
    """The pressed button's name says what, its value on what."""
    name = next((name for name in doing.ACTS if name in request.form), "")
    if not name:
        return _answer(person_id, lambda phone: None)
    value = request.form[name]
    return _answer(person_id, lambda phone: doing.ACTS[name](phone, value))


@blueprint.errorhandler(NotReachableError)
def not_reachable(_error: NotReachableError) -> ResponseReturnValue:
    """A fragment stays as it is and tries again; a page says how to switch the messenger on."""
    if request.headers.get("HX-Request"):
        return "", 204
    return render_template("sandbox/off.html"), 503


@blueprint.errorhandler(LookupError)
def not_found(_error: LookupError) -> ResponseReturnValue:
    return ("", 204) if request.headers.get("HX-Request") else redirect(url_for("sandbox.index"), 303)


@blueprint.errorhandler(ValueError)
def malformed(_error: ValueError) -> ResponseReturnValue:
    return "", 400


def _answer(person_id: int, do: Callable[[Phone], Any]) -> Response:
    """Do it and show the chat; what the messenger refuses is shown above it."""

    def work(control: Control) -> str:
        person = find_person(control, person_id)
        try:
            do(control.phone(first_bot(control)["id"], person_id))
            problem = ""
        except ControlError as error:
            problem = str(error)
        return render_template("sandbox/_chat.html", screen=show_screen(control, person), problem=problem)

    shown = line.ask(work)
    if not request.headers.get("HX-Request"):
        return make_response(redirect(url_for("sandbox.index", customer=person_id), 303))
    return make_response(shown)
