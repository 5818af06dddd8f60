"""/setup: the wizard that turns a fresh box into somebody's desk. It can be left and taken up again."""

from appliance.web.setup import bot, claiming, company, hello, owner
from appliance.web.setup.steps import blueprint

__all__ = ["blueprint", "bot", "claiming", "company", "hello", "owner"]
