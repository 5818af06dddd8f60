"""What every page shares: language, theme, navigation, styles and the small filters of the templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, current_app, g
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale

from appliance import feed
from appliance.models import now
from appliance.plugins import plugins
from appliance.services import disk, groups, lists, notice_list, preferences, settings, views
from appliance.services.groups import GroupView
from appliance.web import assets, cookies, htmx, initials, navigation, sizes, slots, times, words
from appliance.web.assets import asset
from appliance.web.navigation import Group, Link
from appliance.web.running import running

blueprint = Blueprint("shell", __name__)


@dataclass(frozen=True)
class Bell:
    """Unread notices, the newest one's id, and how they are told; 1 = yes."""

    count: int
    last: int
    sound: int
    volume: int
    system: int


class Page:
    """Facts a page template asks for; each is worked out when it is asked, so fragments pay for none."""

    @cached_property
    def agent(self) -> Any:
        return g.get("agent")

    @cached_property
    def language(self) -> str:
        return str(get_locale() or "en")

    @cached_property
    def theme(self) -> str:
        return self.agent.theme if self.agent else cookies.theme()

    @cached_property
    def density(self) -> str:
        """Known before the page is drawn, so that nothing jumps."""
        return preferences.of(g.actor).density if self.agent else "roomy"

    @cached_property
    def company(self) -> str:
        return settings.get("company") or "Appliance"

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return {**lists.counts(g.actor).by_key(), **views.counts(g.actor)} if self.agent else {}

    @cached_property
    def navigation(self) -> tuple[Group, ...]:
        return navigation.groups(self.agent.role, self.counts) if self.agent else ()

    @cached_property
    def bottom_links(self) -> tuple[Link, ...]:
        return navigation.bottom_links(self.counts) if self.agent else ()

    @cached_property
    def more_links(self) -> tuple[Link, ...]:
        role = self.agent.role if self.agent else ""
        found = (*navigation.desk_links(self.counts)[2:], *navigation.people_links(role))
        found = (*found, *navigation.view_links(self.counts))
        found = (*found, *navigation.plugin_links(role), *navigation.company_links(role))
        return (*found, *navigation.own_links())

    @cached_property
    def disk_full(self) -> bool:
        """Told on every page: with it nothing works as it should."""
        return bool(self.agent) and disk.is_full(running().config.data)

    @cached_property
    def waiting_groups(self) -> list[GroupView]:
        """Groups that the reader has to decide about."""
        return groups.waiting(g.actor) if self.agent else []

    @cached_property
    def notices(self) -> Bell:
        """What the bell begins with."""
        chosen = preferences.of(g.actor)
        return Bell(
            count=notice_list.count(g.actor),
            last=notice_list.last_id(g.actor),
            sound=int(chosen.sound),
            volume=chosen.volume,
            system=int(chosen.system_notices),
        )

    @cached_property
    def profile_href(self) -> str:
        return navigation.profile_href()

    @property
    def htmx(self) -> str:
        return json.dumps(htmx.CONFIG)

    @property
    def words(self) -> str:
        return words.words()

    @property
    def live(self) -> int:
        """The newest event this page knows of for certain: what comes after it arrives live."""
        return int(g.live) if "live" in g else feed.last_id()

    @property
    def now(self) -> int:
        """This moment by our clock in milliseconds: the browser's may be wrong."""
        return round(now().timestamp() * 1000)

    @property
    def styles(self) -> list[str]:
        return [asset("css/sheets/shell.css")]

    @property
    def worker(self) -> str:
        return asset("js/live-worker.js")

    @cached_property
    def plugin_styles(self) -> list[str]:
        return [asset(name, plugin) for plugin, found in _plugin_assets() for name in found.styles]

    @cached_property
    def plugin_scripts(self) -> list[str]:
        return [asset(name, plugin) for plugin, found in _plugin_assets() for name in found.scripts]


@blueprint.before_app_request
def remember_news() -> None:
    """Before anything is read: what happens while a page is made would otherwise be neither in it nor told to it."""
    if g.agent:
        g.live = feed.last_id()


@blueprint.app_context_processor
def offer_page() -> dict[str, object]:
    return {"page": Page()}


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Filters, globals and Flask-HTMX, once an app."""
    for part in (assets, htmx, initials, sizes, slots, times):
        part.init_app(state.app)


def _plugin_assets() -> list[tuple[str, Any]]:
    known = current_app.blueprints
    return [(plugin, found) for plugin, found in plugins().ask("page_assets") if plugin in known]
