"""/settings: the company, its connections, staff and plugins."""

from appliance.web.settings import (
    company,
    connection_behaviour,
    connections,
    groups,
    journal,
    plugins,
    saved_replies,
    staff,
    teams,
    ways_in,
    ways_in_sheets,
)
from appliance.web.settings.sections import blueprint

__all__ = [
    "blueprint",
    "company",
    "connection_behaviour",
    "connections",
    "groups",
    "journal",
    "plugins",
    "saved_replies",
    "staff",
    "teams",
    "ways_in",
    "ways_in_sheets",
]
