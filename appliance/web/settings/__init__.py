"""/settings: the company, its connections, staff and plugins."""

from appliance.web.settings import (
    company,
    connection_behaviour,
    connections,
    fields_and_tags,
    groups,
    journal,
    plugins,
    saved_replies,
    staff,
    teams,
    templates,
    templates_of_contacts,
    templates_of_tickets,
    ways_in,
    ways_in_sheets,
)
from appliance.web.settings.sections import blueprint

__all__ = [
    "blueprint",
    "company",
    "connection_behaviour",
    "connections",
    "fields_and_tags",
    "groups",
    "journal",
    "plugins",
    "saved_replies",
    "staff",
    "teams",
    "templates",
    "templates_of_contacts",
    "templates_of_tickets",
    "ways_in",
    "ways_in_sheets",
]
