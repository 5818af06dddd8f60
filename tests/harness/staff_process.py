"""Staff at work in a process of their own: reads acts from standard input, one JSON object a line, and answers each.

It opens the box as the command line does, beside the running worker and web.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from appliance import logs
from appliance.app import close_app, create_app
from appliance.config import load
from appliance.services import (
    agents,
    connections,
    fields,
    files,
    outbox,
    resolutions,
    status,
    subtasks,
    taking,
    teams,
    ticket_facts,
    tickets,
)
from appliance.values import Actor
from tests.harness.furnishing import furnish


def _attach(by: Actor, path: str, mime: str) -> int:
    with Path(path).open("rb") as stream:
        return files.receive(stream, Path(path).name, mime, by)


def _offer(by: Actor, ticket: int, team: str, logins: list[str]) -> int:
    """To a new team of these people."""
    made = teams.add(team, by)
    members = [found.id for login in logins if (found := agents.find(login)) is not None]
    teams.set_members(made, members, by)
    return taking.offer(ticket, made, by)


ACTS: Mapping[str, Callable[..., Any]] = {
    "reply": lambda by, ticket, text, files: outbox.reply(ticket, by, text, files),
    "attach": _attach,
    "renew": lambda by, connection, token: connections.replace(connection, {"token": token}, by).id,
    "status": lambda by: status.as_text(status.checks(load().data, "en"), "en"),
    "note": lambda by, ticket, text: outbox.note(ticket, by, text),
    "retry": lambda by, delivery: resolutions.retry(delivery, by),
    "leave": lambda by, delivery: resolutions.leave(delivery, by),
    "offer": _offer,
    "finish": lambda by, ticket: tickets.finish(ticket, "solved", by),
    # Whatever is still to be done for it: a desk is cleared between tests.
    "let_go": lambda by, ticket: tickets.finish(ticket, "no_answer", by, "leave"),
    "shelve": lambda by, ticket: tickets.shelve(ticket, "trash", False, by),
    "restore": lambda by, ticket: tickets.restore(ticket, by),
    "subtask": lambda by, ticket, what: subtasks.make(ticket, subtasks.Wanted(what), by),
    "tag": lambda by, ticket, names: ticket_facts.put_tags(ticket, names, by),
    "define": lambda by, name, kind: fields.define("ticket", name, kind, [], by),
    "retire": lambda by, field: fields.retire(field, by),
    "fill": lambda by, ticket, field, text: ticket_facts.fill(ticket, field, text, "ru", by),
    "furnish": furnish,
}


def main(login: str) -> None:
    config = load()
    logs.configure(config)
    app = create_app(config, role="cli")
    try:
        with app.app_context():
            agent = agents.find(login)
            assert agent is not None, f"nobody is called {login}"
            for line in sys.stdin:
                sys.stdout.write(json.dumps(_do(agent.actor, json.loads(line))) + "\n")
                sys.stdout.flush()
    finally:
        close_app(app)


def _do(by: Actor, act: dict[str, Any]) -> Any:
    return ACTS[act.pop("do")](by, **act)


if __name__ == "__main__":
    main(sys.argv[1])
