"""A Bot API server on loopback that behaves like the published one, with customers to command.

`start_server` runs it in threads of the calling process; `python -m appliance_sandbox` runs it alone.
"""

from __future__ import annotations

from appliance_sandbox.server.running import RunningServer, start_server

__all__ = ["RunningServer", "start_server"]
