"""create_app(): the doors are bound, plugins loaded, pages registered. Nothing happens before it is called."""

from __future__ import annotations

from typing import Literal

from flask import Flask

import appliance
from appliance import db, paths, plugins, queue, revisions
from appliance.box import bind as bind_box
from appliance.box import unbind as unbind_box
from appliance.config import Config, prepare_data
from appliance.feed import Watcher
from appliance.plugins import Found, Plugins
from appliance.services import blobs, plugin_failures, secrets
from appliance.services.running_box import RunningBox
from appliance.web.reader import reader
from appliance.web.running import NAME, Running

Process = Literal["web", "worker", "cli"]
# The core's own hook implementations, asked last.
DEFAULTS = Found("defaults", "appliance.defaults", appliance.__version__, "core")


class NotMigratedError(RuntimeError):
    """The database is not at this release's schema."""


def create_app(config: Config, role: Process = "web", *, strict: bool = False) -> Flask:
    """The app of one process. `strict` (tests) lets every failure of a plugin through.

    Raises NotMigratedError; `schema.bring_up_to_date` is what to call before.
    """
    bind_doors(config)
    if revisions.pending():
        raise NotMigratedError("the database is not at this release's schema: run `appliance migrate`")
    loaded = load_plugins(config, strict=strict)
    _drop_unmigrated(loaded)
    app = Flask("appliance", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    running = Running(config, loaded, Watcher())
    app.extensions[NAME] = running
    if role == "web":
        # Here, because worker and commands serve no pages: without them they start in half the time, and smaller.
        from appliance.web import all_pages  # noqa: PLC0415  (the reason stands above)

        all_pages.init_app(app)
        running.watcher.start()
    return app


def close_app(app: Flask) -> None:
    """Stop what create_app started and let go of the files it opened."""
    running: Running = app.extensions[NAME]
    running.stopping.set()
    running.watcher.stop()
    unbind_doors()


def unbind_doors() -> None:
    """The process is as it was before: nothing bound, no file open."""
    plugins.unbind()
    unbind_box()
    queue.unbind()
    db.unbind()


def bind_doors(config: Config) -> None:
    """Open the data folder, made if missing."""
    prepare_data(config)
    db.bind(config.database)
    queue.bind(config.queue)
    secrets.bind(config.keys)
    blobs.bind(config.files)
    bind_box(RunningBox(config.data, reader))


def load_plugins(config: Config, *, strict: bool = False) -> Plugins:
    """Find, import and bind the plugins; in safe mode without the owner's own."""
    loaded = Plugins(strict, report=plugin_failures.note)
    plugins.bind(loaded)
    loaded.load(DEFAULTS)
    for found in plugins.find([paths.PLUGINS] if config.safe_mode else [paths.PLUGINS, config.owner_plugins]):
        loaded.load(found)
    return loaded


def version_table(plugin: str) -> str:
    """Each plugin has its own: its schema moves independently of the core's."""
    return f"alembic_version_{plugin}"


def _drop_unmigrated(loaded: Plugins) -> None:
    for found in list(loaded.loaded.values()):
        folder = plugins.migrations_of(found)
        if folder is not None and revisions.pending(folder, version_table(found.name)):
            loaded.drop(found.name, "migrate", "its tables are not at this version's schema")
