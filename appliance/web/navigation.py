"""Where a page can lead: the navigation's groups, shared by the side bar and the phone's bottom bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import gettext as _

from appliance.plugins import plugins
from appliance.services import views
from appliance.values import NavLink


@dataclass(frozen=True)
class Link:
    """One entry; `count_key` names the counter that stands beside it."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int = 0
    count_key: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Place:
    """A page of the core: shown when its endpoint exists and the role may go there."""

    label: str
    endpoint: str
    icon: str
    roles: frozenset[str] = frozenset({"owner", "manager", "agent"})


def groups(role: str, counts: Mapping[str, int]) -> tuple[Group, ...]:
    """Everything the side bar shows to this role."""
    made = (
        Group("", desk_links(counts)),
        Group("", people_links(role)),
        Group(_("Views"), view_links(counts)),
        Group(_("Tools"), plugin_links(role)),
        Group(_("Company"), company_links(role)),
    )
    return tuple(group for group in made if group.links)


def desk_links(counts: Mapping[str, int]) -> tuple[Link, ...]:
    tabs = (
        (_("Inbox"), "", "inbox", "unread"),
        (_("My tickets"), "mine", "user-check", "mine"),
        (_("Mentions"), "mentions", "at-sign", "mentions"),
        (_("Snoozed"), "snoozed", "moon", "snoozed"),
    )
    return tuple(
        Link(label, url_for("desk.inbox", tab=tab or None), icon, _on_tab(tab), counts.get(key, 0), key)
        for label, tab, icon, key in tabs
    )


def bottom_links(counts: Mapping[str, int]) -> tuple[Link, ...]:
    """What a thumb reaches on a phone; the rest of the lists is in its menu."""
    return (*desk_links(counts)[:2], Link(_("Search"), url_for("search.index"), "search", _within("search.index")))


def view_links(counts: Mapping[str, int]) -> tuple[Link, ...]:
    """The agent's own views, then the shared ones."""
    current = request.args.get("view", "") if _on_desk() else ""
    return tuple(
        Link(
            view.name,
            url_for("desk.inbox", view=view.id),
            "users" if view.shared else "star",
            current == str(view.id),
            counts.get(view.key, 0),
            view.key if view.counted else "",
        )
        for view in views.of(g.actor)
    )


def people_links(role: str) -> tuple[Link, ...]:
    return _usable((_Place(_("Customers"), "contacts.index", "contact"),), role)


def plugin_links(role: str) -> tuple[Link, ...]:
    answers: list[NavLink] = [link for _plugin, links in plugins().ask("nav_links") for link in links]
    places = [_Place(_(link.label), link.endpoint, link.icon, link.roles) for link in answers]
    return _usable(places, role)


def company_links(role: str) -> tuple[Link, ...]:
    managers = frozenset({"owner", "manager"})
    return _usable(
        (
            _Place(_("Today"), "today.index", "chart-column", managers),
            _Place(_("Settings"), "settings.index", "settings", managers),
            _Place(_("Saved replies"), "settings.saved_replies", "zap", frozenset({"agent"})),
            _Place(_("Status"), "status.index", "gauge", managers),
            _Place(_("Help"), "help.index", "life-buoy"),
        ),
        role,
    )


def _usable(places: tuple[_Place, ...] | list[_Place], role: str) -> tuple[Link, ...]:
    known = current_app.view_functions
    return tuple(
        Link(place.label, url_for(place.endpoint), place.icon, _within(place.endpoint))
        for place in places
        if place.endpoint in known and role in place.roles
    )


def _within(endpoint: str) -> bool:
    return (request.endpoint or "").partition(".")[0] == endpoint.partition(".")[0]


def _on_desk() -> bool:
    return (request.endpoint or "").startswith("desk.")


def _on_tab(tab: str) -> bool:
    if not _on_desk() or request.args.get("view"):
        return False
    current = request.args.get("tab", "")
    return current == tab if tab else current not in ("mine", "mentions", "snoozed")


def own_links() -> tuple[Link, ...]:
    """What belongs to the reader; on a phone it stands in the menu."""
    href = profile_href()
    return (Link(_("My profile"), href, "user"),) if href else ()


def profile_href() -> str:
    return url_for("profile.index") if "profile.index" in current_app.view_functions else ""
