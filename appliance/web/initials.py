"""Two letters for an avatar without a picture."""

from __future__ import annotations

from flask import Flask


def initials(name: str) -> str:
    """'Anna Kovalyova' → 'AK'; 'Клиент 7281' → 'К7'; nothing readable → '?'."""
    words = ["".join(sign for sign in word if sign.isalnum()) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1][0]).upper()


def init_app(app: Flask) -> None:
    app.add_template_filter(initials, "initials")
