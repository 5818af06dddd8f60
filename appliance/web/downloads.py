"""What a download is called when it is saved."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

# What may stand in such a field as it is (RFC 5987).
_PLAIN = "!#$&+-.^_`|~"


def name(response: Response, file_name: str) -> None:
    """Save it under this name. A header holds no letters but Latin ones, and servers refuse to send others: a name of
    another alphabet stands in a field of its own, beside what is left of it."""
    left = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    fields = {"filename": f"file{left}" if left.startswith(".") else left}
    if left != file_name:
        fields["filename*"] = f"UTF-8''{quote(file_name, safe=_PLAIN)}"
    response.headers["Content-Disposition"] = dump_options_header("attachment", fields)
