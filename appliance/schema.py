"""Before any process serves: the database at this release's schema, plugins' tables too, and what a box starts with."""

from __future__ import annotations

import logging

from appliance import migrate, plugins
from appliance.app import bind_doors, load_plugins, version_table
from appliance.config import Config
from appliance.services import templates

log = logging.getLogger("appliance.schema")


def bring_up_to_date(config: Config) -> str:
    """Run every missing migration; the caller holds the run lock. Answers the core's revision.

    Raises MigrationError. A plugin whose migration fails is left out until it is mended; its tables are kept.
    """
    bind_doors(config)
    reached = migrate.upgrade()
    templates.plant()
    for found in load_plugins(config).loaded.values():
        folder = plugins.migrations_of(found)
        if folder is None:
            continue
        try:
            migrate.upgrade(folder, version_table(found.name))
        except Exception:
            log.exception("plugin %s could not be migrated and is left out", found.name)
    return reached
