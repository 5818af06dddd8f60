"""`python -m appliance_sandbox`: the Bot API server alone, in the foreground, for tests and development."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from appliance_sandbox.server import start_server
from appliance_sandbox.server.state import IN_MEMORY


def main() -> int:
    """Serve until SIGINT or SIGTERM. One line on standard output says where, once it listens."""
    options = _read_options()
    try:
        server = start_server(options.port, options.state, options.token, options.control_secret, options.local)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"cannot start: {error}\n")
        return 1
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    sys.stdout.write(f"listening on {server.url}\n")
    sys.stdout.flush()
    stopping.wait()
    server.close()
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="appliance_sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state", default=IN_MEMORY, help="SQLite file; files lie beside it")
    parser.add_argument("--token", help="add a bot with this token")
    parser.add_argument("--control-secret", default="", help="switches the control API on")
    parser.add_argument("--local", action="store_true", help="large files, as an own server in local mode")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
