"""/settings: the company, its connections, staff and plugins."""

from appliance.web.settings import company, connection_behaviour, connections, plugins, staff
from appliance.web.settings.sections import blueprint

__all__ = ["blueprint", "company", "connection_behaviour", "connections", "plugins", "staff"]
