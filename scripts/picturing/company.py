"""Before the first message: staff, teams, fields, templates, saved replies, ways in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import appliance_sandbox
from scripts.picturing.demo_desk import Desk

PASSWORD = "a long enough password"  # noqa: S105 - of people who live for some minutes
STAFF, TEAMS, FIELDS = "/settings/staff/", "/settings/teams/", "/settings/fields/"
REPLIES, TEMPLATES, PEOPLE = "/settings/saved-replies/", "/settings/templates/", "/settings/templates/customers/new"
SAMPLES = Path(appliance_sandbox.__file__).parent / "samples"


def hire(desk: Desk) -> None:
    """By invitation, as everybody is; one invitation is left lying."""
    for login, (name, role) in desk.words["staff"].items():
        colleague = desk.visits[login] = desk.visit()
        colleague.join(f"/welcome/{invite(desk, name, role)}", login, name, PASSWORD)
        found = re.search(r'data-agent="(\d+)"', colleague.read("/me/"))
        desk.known[login] = int(found[1]) if found else 0
    desk.known["welcome"] = invite(desk, desk.words["invited"], "agent")


def invite(desk: Desk, name: str, role: str) -> str:
    """The code of the link."""
    answer = desk.owner.post("/settings/staff/invitations", {"name": name, "role": role})
    found = re.search(r"/welcome/([\w-]+)", answer.text)
    return found[1] if found else ""


def arrange(desk: Desk) -> None:
    form_teams(desk)
    define_fields(desk)
    make_templates(desk)
    save_replies(desk)
    words = desk.words
    ways = {"places": "\r\n".join(words["places"]), "source": words["source"], "connection": 1}
    desk.known["way"] = desk.owner.make("/settings/ways-in/", r'id="way-in-(\d+)"', "/settings/ways-in/", ways)
    for name, tag in words["views"]:
        fields = {"name": name, "query": f"tab=all&tag={tag}", "shared": "1"}
        desk.known["view"] = desk.owner.make("/views/", r'id="view-(\d+)"', "/views/", fields)


def form_teams(desk: Desk) -> None:
    members = {"team": ["anna", "vera"], "second_team": ["boris"], "third_team": []}
    for key, logins in members.items():
        name = desk.words[key]
        number = desk.known[key] = desk.owner.make(TEAMS, r'/settings/teams/(\d+)"', TEAMS, {"name": name})
        form: dict[str, Any] = {"name": name, "member": [desk.known[login] for login in logins], "sharing": ""}
        if key == "third_team":
            form["closed"] = "1"
        desk.owner.post(f"{TEAMS}{number}", form)


def define_fields(desk: Desk) -> None:
    words = desk.words["fields"]
    reason, *choices = words["reason"]
    wanted = [
        ("order", {"scope": "ticket", "name": words["order"], "kind": "text"}),
        ("reason", {"scope": "ticket", "name": reason, "kind": "choice", "choices": "\r\n".join(choices)}),
        ("sum", {"scope": "ticket", "name": words["sum"], "kind": "money"}),
        ("date", {"scope": "ticket", "name": words["date"], "kind": "date"}),
        ("contract", {"scope": "contact", "name": words["contract"], "kind": "text"}),
    ]
    for key, form in wanted:
        templates = [1] if form["scope"] == "ticket" else []
        made = desk.owner.make(FIELDS, r'/settings/fields/(\d+)"', FIELDS, {**form, "templates": templates})
        desk.known[f"field_{key}"] = made


def make_templates(desk: Desk) -> None:
    name, *stages = desk.words["template"]
    keys = ("field_order", "field_reason", "field_sum", "field_date")
    ticket = {
        "name": name,
        "subject": "{text}",
        "team": desk.known["team"],
        "tags": desk.words["tags"][0],
        "stages": "\r\n".join(stages),
        "fields": [desk.known[key] for key in keys],
        "required": desk.known["field_reason"],
        "acknowledge": "1",
    }
    pattern = rf"{TEMPLATES}tickets/(\d+)\""
    desk.known["template"] = desk.owner.make(TEMPLATES, pattern, f"{TEMPLATES}tickets/new", ticket)
    person = {"name": desk.words["company"], "note": desk.words["remark"], "fields": desk.known["field_contract"]}
    desk.known["contact_template"] = desk.owner.make(TEMPLATES, rf"{TEMPLATES}customers/(\d+)\"", PEOPLE, person)


def save_replies(desk: Desk) -> None:
    for reply in desk.words["replies"]:
        texts = {f"text-{desk.box.language}": reply["text"]}
        name = reply.get("file", "")
        files: dict[str, Any] = (
            {"files": {"attach": (name, (SAMPLES / name).read_bytes(), "application/pdf")}} if name else {}
        )
        form = {"name": reply["name"], "tags": reply["tags"], "shared": "1", **texts}
        desk.owner.post(REPLIES, form, **files)
