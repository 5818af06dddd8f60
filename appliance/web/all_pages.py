"""Every page of the core, brought to an app."""

from __future__ import annotations

from flask import Flask

from appliance.web import (
    actions,
    arranging,
    assets,
    auth,
    browser_names,
    bulk,
    by_hand,
    chat,
    chat_files,
    composer,
    contacts,
    cookies,
    cross_site,
    desk,
    erasing,
    error_pages,
    facts,
    files,
    handing,
    headers,
    health,
    hosts,
    keyboard,
    languages,
    limits,
    live,
    manual,
    merging,
    notices,
    organisations,
    page_globals,
    part_actions,
    preferences,
    presence,
    profile,
    pushes,
    revisions,
    saved_replies,
    search,
    security,
    settings,
    setup,
    shell,
    staff_codes,
    staff_links,
    status,
    subtasks,
    today,
    uploads,
    views,
    writing,
)
from appliance.web.plugin_pages import register_plugin_pages
from appliance.web.running import NAME, Running

BLUEPRINTS = (
    actions.blueprint,
    arranging.blueprint,
    auth.blueprint,
    bulk.blueprint,
    by_hand.blueprint,
    chat.blueprint,
    chat_files.blueprint,
    composer.blueprint,
    contacts.blueprint,
    desk.blueprint,
    erasing.blueprint,
    facts.blueprint,
    files.blueprint,
    handing.blueprint,
    health.blueprint,
    languages.blueprint,
    live.blueprint,
    manual.blueprint,
    merging.blueprint,
    notices.blueprint,
    organisations.blueprint,
    part_actions.blueprint,
    preferences.blueprint,
    presence.blueprint,
    profile.blueprint,
    pushes.blueprint,
    revisions.blueprint,
    saved_replies.blueprint,
    search.blueprint,
    settings.blueprint,
    setup.blueprint,
    shell.blueprint,
    staff_codes.blueprint,
    staff_links.blueprint,
    status.blueprint,
    subtasks.blueprint,
    today.blueprint,
    uploads.blueprint,
    views.blueprint,
    writing.blueprint,
)
# The order counts: the host is checked first, then who asks, then whether they may, then the form's token.
PIECES = (
    hosts,
    limits,
    cookies,
    languages,
    security,
    cross_site,
    headers,
    error_pages,
    page_globals,
    keyboard,
    browser_names,
)


def init_app(app: Flask) -> None:
    running: Running = app.extensions[NAME]
    app.config[assets.UNBUNDLED] = running.config.unbundled
    for piece in PIECES:
        piece.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_plugin_pages(app)
