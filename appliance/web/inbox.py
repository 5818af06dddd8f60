"""The lists of the desk: a page of rows, the next one, one fresh row, the counters, the order, the filters."""

from __future__ import annotations

from flask import Blueprint, abort, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from appliance import feed
from appliance.services import filter_choices, lists, sorts, views
from appliance.services.lists import ListPage
from appliance.web import empty_words, filter_words, list_export, list_state
from appliance.web.htmx import htmx, vary
from appliance.web.list_state import Shown

# After coming back as many rows are fetched as there were: so many at most.
MOST_AT_ONCE = 500


def offer(blueprint: Blueprint) -> None:
    """On the desk's own blueprint: a list and its ticket are one page."""
    for address, view in (
        ("/inbox", inbox),
        ("/inbox/rows", more_rows),
        ("/inbox/rows/<int:ticket_id>", row),
        ("/inbox/counts", counts),
        ("/inbox/total", total),
        ("/inbox/filter", choose_filters),
        ("/inbox/export.csv", list_export.export),
    ):
        blueprint.get(address)(view)
    blueprint.post("/inbox/sort")(sort)
    blueprint.app_context_processor(_names)


def facts(shown: Shown) -> dict[str, object]:
    """What templates of the list need, the ticket's page included."""
    page = lists.find(g.actor, shown.filters, shown.sort)
    return {"tab": shown.tab, "shown": shown, "list": page, "empty": _empty(page, shown)}


def inbox() -> ResponseReturnValue:
    return _list(list_state.read())


def sort() -> ResponseReturnValue:
    """`sort` for the list of this address, from now on and for this agent alone."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "sort"]
    shown = list_state.read_pairs(pairs)
    wanted = request.form.get("sort", "")
    if wanted not in sorts.choices(shown.tab):
        abort(400)
    sorts.choose(g.actor, shown.place, wanted)
    return _list(list_state.read_pairs(pairs))


def more_rows() -> ResponseReturnValue:
    shown = list_state.read()
    limit = min(max(request.args.get("count", lists.PAGE, type=int), lists.PAGE), MOST_AT_ONCE)
    after = request.args.get("after", "")[:40]
    page = lists.find(g.actor, shown.filters, shown.sort, after, limit)
    current = request.args.get("current", type=int)
    return render_template("desk/_rows.html", tab=shown.tab, shown=shown, list=page, current=current)


def row(ticket_id: int) -> ResponseReturnValue:
    """A fresh row; `data-outside` says that it has left the list."""
    shown = list_state.read()
    found, inside = lists.find_row(g.actor, ticket_id, shown.filters)
    if found is None:
        abort(404)
    current = request.args.get("current", type=int)
    known = {"tab": shown.tab, "shown": shown, "row": found, "outside": not inside, "current": current}
    return render_template("desk/_row.html", **known)


def counts() -> ResponseReturnValue:
    return jsonify({**lists.counts(g.actor).by_key(), **views.counts(g.actor)})


def total() -> ResponseReturnValue:
    """How many tickets this list holds, to choose all of them."""
    found = lists.count(g.actor, list_state.read().filters)
    return jsonify(number=found.number, more=found.more)


def choose_filters() -> ResponseReturnValue:
    """The inside of the filter dialog."""
    shown = list_state.read()
    offered = filter_choices.offered()
    kinds, spans = filter_words.kinds(shown.filters, offered), filter_words.spans(offered)
    return render_template("desk/list/_filter_form.html", shown=shown, kinds=kinds, spans=spans)


def _list(shown: Shown) -> ResponseReturnValue:
    live = feed.last_id()
    name = "desk/_list.html" if htmx.partial else "desk/desk.html"
    return vary(make_response(render_template(name, live=live, conversation=None, **facts(shown))))


def _empty(page: ListPage, shown: Shown) -> empty_words.Empty | None:
    return None if page.rows else empty_words.describe(g.actor, shown)


def _names() -> dict[str, object]:
    return {
        "filter_chips": filter_words.chips,
        "list_total": lambda shown: lists.count(g.actor, shown.filters),
        "sort_choices": sorts.choices,
        "sort_name": filter_words.sort,
        "tab_name": filter_words.tab,
    }
