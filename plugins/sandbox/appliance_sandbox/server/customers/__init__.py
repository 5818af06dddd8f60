"""What customers do: write, send, edit, react, press, block. Each act becomes the update a bot would get."""

from __future__ import annotations

from appliance_sandbox.server.customers import blocking, changing, forwarding, gathering, pressing, sending, writing

__all__ = ["blocking", "changing", "forwarding", "gathering", "pressing", "sending", "writing"]
