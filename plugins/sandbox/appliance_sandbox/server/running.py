"""Start the sandbox in threads of this process, and stop it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from appliance_sandbox.server.errors import ApiError
from appliance_sandbox.server.listening import Listener
from appliance_sandbox.server.misbehaviour import error_response
from appliance_sandbox.server.pages import bot_api
from appliance_sandbox.server.pages.control import create_control
from appliance_sandbox.server.pages.control.faults import LISTENER
from appliance_sandbox.server.pages.control.records import CONTROL_URL, URL
from appliance_sandbox.server.state import IN_MEMORY, Sandbox, open_sandbox

THREADS = 64  # a long poll or a hanging request holds one each
CONTROL_THREADS = 8


class RunningServer:
    """A sandbox that listens. `url` is what a bot takes for the Bot API; `control_url` always answers."""

    def __init__(self, sandbox: Sandbox, port: int, control_secret: str) -> None:
        self.sandbox = sandbox
        self.control_secret = control_secret
        app = create_app(sandbox, control_secret)
        self._public = Listener(app, port, THREADS)
        self._control = Listener(app, 0, CONTROL_THREADS)
        app.extensions[LISTENER] = self._public
        app.config[URL] = self._public.url
        app.config[CONTROL_URL] = self._control.url
        self.url = self._public.url
        self.port = self._public.port
        self.control_url = self._control.url
        sandbox.couriers.start_all()

    def close(self) -> None:
        """Stop listening, let waiting requests go, close the state."""
        self.sandbox.close()
        self._public.close()
        self._control.close()
        self.sandbox.dispose()


def start_server(
    port: int = 0,
    state: Path | str = IN_MEMORY,
    token: str | None = None,
    control_secret: str = "",
    local: bool = False,
) -> RunningServer:
    """Serve the Bot API on 127.0.0.1.

    `port` 0 takes a free one; `state` is the SQLite file or `:memory:`; `token` adds a bot at once; without
    `control_secret` the control API is off; `local` plays an own server in local mode. ValueError for a malformed
    token, OSError for a port in use.
    """
    sandbox = open_sandbox(state)
    sandbox.mode.local = local
    try:
        if token:
            sandbox.bots.add(token, "Sandbox", "sandbox_bot")
        return RunningServer(sandbox, port, control_secret)
    except (ValueError, OSError):
        sandbox.dispose()
        raise


def create_app(sandbox: Sandbox, control_secret: str) -> Flask:
    """The WSGI application: Bot API, files, control API."""
    app = Flask(__name__, static_folder=None)
    # A dropped connection is an exception that has to reach waitress.
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.extensions[bot_api.EXTENSION] = sandbox
    app.register_blueprint(bot_api.blueprint)
    app.register_blueprint(create_control(control_secret))
    app.register_error_handler(404, lambda _: error_response(ApiError(404, "Not Found")))
    return app
