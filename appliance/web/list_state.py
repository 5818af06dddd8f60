"""Which list a page shows, as its address says it: a tab or a saved view, filters, an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, request

from appliance.services import filters as filter_words
from appliance.services import preferences, sorts, views
from appliance.services.filters import DEFAULT_TAB, Filters
from appliance.services.views import View

Arguments = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Shown:
    """`edited`: it shows a view, but not as it was saved. `asked_sort`: the address names an order of its own."""

    filters: Filters
    sort: str
    view: View | None = None
    edited: bool = False
    asked_sort: bool = False

    @property
    def tab(self) -> str:
        return self.filters.tab

    @property
    def place(self) -> str:
        """Under what name the agent's own order is kept."""
        return self.view.key if self.view else self.tab

    @property
    def args(self) -> Arguments:
        """For url_for: the shortest address of this list."""
        return self.args_of(self.filters)

    def args_of(self, filters: Filters) -> Arguments:
        """The address of this list with other filters; in a view they are changes of it."""
        made: dict[str, str | list[str]] = {}
        if self.view:
            made["view"] = str(self.view.id)
        if self.asked_sort:
            made["sort"] = self.sort
        if self.view and filters == self.view.filters:
            return made
        if self.view or filters.tab != DEFAULT_TAB:
            made["tab"] = filters.tab
        return {**made, **{word: list(filters.values(word)) for word in filters.words()}}

    @property
    def query(self) -> str:
        """The same as text, for scripts."""
        return urlencode(self.args, doseq=True)


def read() -> Shown:
    """From the request's address."""
    return read_pairs(list(request.args.items(multi=True)))


def read_pairs(pairs: list[tuple[str, str]]) -> Shown:
    """From an address a script or a form sent along."""
    given = dict(pairs)
    view = _view(given.get("view", ""))
    filters = Filters.read(pairs)
    edited = view is not None and filter_words.says_something(pairs) and filters != view.filters
    shown = view.filters if view and not edited else filters
    asked = given.get("sort", "")
    if asked in sorts.choices(shown.tab):
        return Shown(shown, asked, view, edited, asked_sort=True)
    own = preferences.of(g.actor)
    place = view.key if view else shown.tab
    return Shown(shown, sorts.chosen(own, place, shown.tab, view.sort if view else ""), view, edited)


def _view(number: str) -> View | None:
    return views.find(int(number), g.actor) if filter_words.is_number(number) else None
