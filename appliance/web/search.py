"""/search: everything that can be found, grouped; the same results while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from appliance.services import agents, keyboard_layout, search, search_filters
from appliance.services.agents import AgentError
from appliance.services.search import Answer
from appliance.services.search_query import MOST
from appliance.web import cookies, search_words
from appliance.web.htmx import htmx, vary

blueprint = Blueprint("search", __name__)
search_words.offer(blueprint)


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what is none of the choices is not asked."""

    typed: str
    kind: str
    state: str
    who: str

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.state or self.who)

    def address(self, **other: str) -> str:
        """The same search, in part another one."""
        given = {"q": self.typed, "kind": self.kind, "state": self.state, "who": self.who, **other}
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"{url_for('search.index')}?{asked}"


@blueprint.get("/search")
def index() -> ResponseReturnValue:
    """`go` says that somebody pressed Enter: a ticket's number then leads to the ticket."""
    asked = _asked(request.args)
    where = search_filters.conditions(g.actor, asked.state, asked.who)
    kinds = (asked.kind,) if asked.kind else search.KINDS
    answer = search.find(g.actor, asked.typed, where, search.PAGE if asked.kind else search.FEW, kinds)
    if answer.ticket and "go" in request.args:
        return redirect(url_for("desk.ticket", ticket_id=answer.ticket.id))
    name = "search/_results.html" if htmx.partial else "search/index.html"
    return vary(make_response(render_template(name, asked=asked, answer=answer, instead=_instead(asked, answer))))


@blueprint.get("/search/more")
def more() -> ResponseReturnValue:
    """The next page of one kind."""
    asked = _asked(request.args)
    below = request.args.get("below", default=0, type=int)
    where = search_filters.conditions(g.actor, asked.state, asked.who)
    group = search.find_more(g.actor, asked.typed, asked.kind or "message", max(0, min(below, 1 << 40)), where)
    return render_template("search/_hits.html", asked=asked, group=group)


@blueprint.get("/palette")
def palette() -> ResponseReturnValue:
    """Tickets and contacts for the palette; with nothing typed those that this tab had open, as numbers."""
    typed = request.args.get("q", "")[:MOST]
    if typed.strip():
        answer = search.find(g.actor, typed, kinds=("ticket", "contact", "message"))
    else:
        answer = search.recall(g.actor, _numbers(request.args.getlist("recent")))
    return render_template("search/_palette_hits.html", answer=answer, typed=typed)


@blueprint.post("/palette/theme")
def choose_theme() -> ResponseReturnValue:
    """Light, dark or as the device, from the palette; the page has changed its colours already."""
    theme = request.form.get("theme", "")
    try:
        agents.change(g.agent.id, g.actor, theme=theme)
    except AgentError:
        abort(400)
    response = make_response("", 204)
    cookies.give_theme(response, theme)
    return response


def _asked(args: MultiDict[str, str]) -> Asked:
    def one_of(name: str, choices: Iterable[str]) -> str:
        return args.get(name, "") if args.get(name, "") in choices else ""

    return Asked(
        args.get("q", "")[:MOST].strip(),
        one_of("kind", search.KINDS),
        one_of("state", search_filters.STATES),
        one_of("who", search_filters.WHO),
    )


def _instead(asked: Asked, answer: Answer) -> str:
    """The same keys on the other layout, for whoever finds nothing."""
    other = keyboard_layout.swapped(asked.typed)
    letters = any(map(str.isalpha, asked.typed)) and any(map(str.isalpha, other))
    return other if not answer.count and other != asked.typed and letters else ""


def _numbers(given: list[str]) -> list[int]:
    return [int(number) for number in given[:8] if number.isdecimal() and len(number) < 13]
