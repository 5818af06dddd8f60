"""`/sandbox/`: the practice phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance_sandbox.control import Control, ControlError, Phone
from appliance_sandbox.phone import doing, groups, media
from appliance_sandbox.phone.contacts import Contact, list_contacts
from appliance_sandbox.phone.line import NotReachableError, line
from appliance_sandbox.phone.scene import Scene, read_scene
from appliance_sandbox.phone.screen import Screen, find_person, show_screen
from appliance_sandbox.ready import SECTIONS

blueprint = Blueprint("sandbox", __name__, template_folder="../templates", static_folder="../static")
blueprint.add_url_rule("/files/<kind>/<file_id>", view_func=media.get_file)
blueprint.add_url_rule("/groups", view_func=groups.add_group, methods=["POST"])
blueprint.add_url_rule("/<int:person_id>/group", view_func=groups.show_group)
blueprint.add_url_rule("/<int:person_id>/group", view_func=groups.change_group, methods=["POST"])
LONGEST_NAME = 64


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The phone asked for (`?customer=`, `?group=`), else of whoever wrote last; `?start=` opens a link on it."""
    shown: dict[str, Any] = {"contacts": line.ask(list_contacts), "sections": SECTIONS, "screen": None}
    scene = read_scene(_holder(shown["contacts"]))
    if scene.person_id:
        shown |= {"screen": line.ask(lambda control: _show(control, scene)), "strangers": []}
        if scene.group_id:
            shown["strangers"] = line.ask(lambda control: groups.list_strangers(control, scene))
    return render_template("sandbox/phone.html", **shown)


@blueprint.get("/contacts")
def contacts() -> ResponseReturnValue:
    current = request.args.get("current", 0, int)
    return render_template("sandbox/_contacts.html", contacts=line.ask(list_contacts), current=current)


@blueprint.get("/<int:person_id>/chat")
def chat(person_id: int) -> ResponseReturnValue:
    """The chat as it is now; 204 when it is still the one the page shows (`?mark=`)."""
    scene = read_scene(person_id)
    screen = line.ask(lambda control: _show(control, scene))
    if screen.mark == request.args.get("mark"):
        return "", 204
    return render_template("sandbox/_chat.html", screen=screen, problem="")


@blueprint.post("/customers")
def add_customer() -> ResponseReturnValue:
    """A new customer; with `?group=` they come to that group at once."""
    name = request.form.get("name", "").strip()[:LONGEST_NAME] or "?"
    first, _, last = name.partition(" ")
    language = request.form.get("language", "en")

    def add(control: Control) -> Scene:
        person = control.add_customer(first, last_name=last.strip(), language_code=language)
        scene = read_scene(int(person["id"]))
        if scene.group_id:
            scene.phone(control).join()
        return scene

    scene = line.ask(add)
    return redirect(url_for("sandbox.index", customer=scene.person_id, group=scene.group_id or None), 303)


@blueprint.post("/<int:person_id>/text")
def text(person_id: int) -> ResponseReturnValue:
    form = request.form
    if not form.get("text", "").strip():
        return _answer(person_id, lambda phone: None)
    edit, reply_to = form.get("edit", 0, int), form.get("reply_to", 0, int)
    quote = form.get("quote", "").strip()
    return _answer(person_id, lambda phone: doing.write(phone, form["text"], reply_to, edit, quote))


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


@blueprint.errorhandler(ControlError)
def unknown_chat(error: ControlError) -> ResponseReturnValue:
    return not_found(LookupError(str(error)))


@blueprint.errorhandler(ValueError)
def malformed(_error: ValueError) -> ResponseReturnValue:
    return "", 400


def _holder(contacts: list[Contact]) -> int:
    """Whose phone the page shows; 0 while there is nobody."""
    if wanted := request.args.get("customer", 0, int):
        return wanted
    group_id = request.args.get("group", 0, int)
    voice = next((contact.voice for contact in contacts if contact.id == group_id), 0)
    return voice or next((contact.id for contact in contacts if not contact.is_group), 0)


def _show(control: Control, scene: Scene) -> Screen:
    return show_screen(control, find_person(control, scene.person_id), scene)


def _answer(person_id: int, do: Callable[[Phone], Any]) -> Response:
    """Do it and show the chat; what the messenger refuses is shown above it."""
    scene = read_scene(person_id)

    def work(control: Control) -> str:
        find_person(control, person_id)
        try:
            do(scene.phone(control))
            problem = ""
        except ControlError as error:
            problem = str(error)
        return render_template("sandbox/_chat.html", screen=_show(control, scene), problem=problem)

    shown = line.ask(work)
    if not request.headers.get("HX-Request"):
        return make_response(redirect(url_for("sandbox.index", customer=person_id, **scene.place), 303))
    return make_response(shown)
