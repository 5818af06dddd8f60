"""What the app of this process holds, for the pages that need more than the doors."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from flask import current_app

from appliance.config import Config
from appliance.feed import Watcher
from appliance.plugins import Plugins

NAME = "appliance"


@dataclass
class Running:
    """`stopping` is set when the process is told to end: whoever holds a stream open ends it then."""

    config: Config
    plugins: Plugins
    watcher: Watcher
    stopping: threading.Event = field(default_factory=threading.Event)


def running() -> Running:
    found: Running = current_app.extensions[NAME]
    return found
