"""Groups on the phone: found one, bring people along, change how the bot stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance_sandbox.control import Control, ControlError
from appliance_sandbox.phone.line import first_bot, line
from appliance_sandbox.phone.scene import Scene, read_scene
from appliance_sandbox.phone.screen import find_person, show_screen

LONGEST_TITLE = 128


def add_group() -> ResponseReturnValue:
    """Whoever holds the phone founds a group and brings the bot along."""
    form = request.form
    title = form.get("title", "").strip()[:LONGEST_TITLE] or "?"
    kind = "supergroup" if form.get("kind") == "supergroup" else "group"
    person_id = form.get("person", 0, int)

    def found(control: Control) -> int:
        find_person(control, person_id)
        group_id = int(control.add_group(title, kind, [person_id])["id"])
        control.change_membership(first_bot(control)["id"], group_id, "join", person_id)
        return group_id

    return redirect(url_for("sandbox.index", customer=person_id, group=line.ask(found)), 303)


def show_group(person_id: int) -> ResponseReturnValue:
    """The group's own panel; 204 when it is still the one the page shows (`?mark=`)."""
    scene = read_scene(person_id)
    screen = line.ask(lambda control: show_screen(control, find_person(control, person_id), scene))
    if screen.group_mark == request.args.get("mark"):
        return "", 204
    return render_template("sandbox/_group.html", screen=screen, strangers=_strangers(scene))


def change_group(person_id: int) -> ResponseReturnValue:
    """The pressed button's `what` and, where it needs one, the form's `value`."""
    scene, what, value = read_scene(person_id), request.form.get("what", ""), request.form.get("value", "").strip()
    if what not in CHANGES or not scene.group_id:
        return "", 400
    try:
        after = line.ask(lambda control: CHANGES[what](control, scene, value))
    except ControlError as error:
        flash(str(error), "danger")
        after = scene
    return redirect(url_for("sandbox.index", customer=after.person_id, **after.place), 303)


def list_strangers(control: Control, scene: Scene) -> list[dict[str, object]]:
    """Customers who are not in the group yet."""
    members = {member["id"] for member in scene.phone(control).chat(1)["members"]}
    return [person for person in control.customers() if person["id"] not in members]


def _strangers(scene: Scene) -> list[dict[str, object]]:
    return line.ask(lambda control: list_strangers(control, scene))


def _change_bot(what: str) -> Callable[[Control, Scene, str], Scene]:
    def change(control: Control, scene: Scene, _value: str) -> Scene:
        done = control.change_membership(first_bot(control)["id"], scene.group_id, what, scene.person_id)
        return Scene(scene.person_id, int(done["id"]), scene.anonymous)

    return change


def _rename(control: Control, scene: Scene, title: str) -> Scene:
    scene.phone(control).rename(title[:LONGEST_TITLE])
    return scene


def _bring(control: Control, scene: Scene, person_id: str) -> Scene:
    """The one who comes speaks next."""
    newcomer = Scene(int(person_id), scene.group_id)
    newcomer.phone(control).join()
    return newcomer


def _leave(control: Control, scene: Scene, _value: str) -> Scene:
    """Whoever left has their private chat before them."""
    Scene(scene.person_id, scene.group_id).phone(control).leave()
    return Scene(scene.person_id)


def _set_privacy(on: bool) -> Callable[[Control, Scene, str], Scene]:
    def change(control: Control, scene: Scene, _value: str) -> Scene:
        control.set_privacy(first_bot(control)["id"], on)
        return scene

    return change


CHANGES: Mapping[str, Callable[[Control, Scene, str], Scene]] = {
    "join": _change_bot("join"),
    "kick": _change_bot("kick"),
    "promote": _change_bot("promote"),
    "demote": _change_bot("demote"),
    "migrate": _change_bot("migrate"),
    "rename": _rename,
    "bring": _bring,
    "leave": _leave,
    "privacy_on": _set_privacy(True),
    "privacy_off": _set_privacy(False),
}
