"""Pages that nobody has looked at: run as a process of its own, which opens the demo's data as the desk does.

Standard input: paths that were asked for, one a line. Standard output: GET routes that none of them matched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from appliance import config
from appliance.app import close_app, create_app


def unseen(paths: Iterable[str]) -> list[str]:
    app = create_app(config.load())
    try:
        known = app.url_map.bind("localhost")
        seen = set()
        for path in paths:
            try:
                seen.add(known.match(path, return_rule=True)[0].rule)
            except (HTTPException, RequestRedirect):
                continue
        rules = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        return sorted(rules - seen)
    finally:
        close_app(app)


if __name__ == "__main__":
    print("\n".join(unseen(line.strip() for line in sys.stdin)))
