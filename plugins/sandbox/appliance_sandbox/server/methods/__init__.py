"""The Bot API methods the sandbox does for real, one group per file."""

from __future__ import annotations

from appliance_sandbox.server.methods import (
    albums,
    copying,
    deleting,
    editing,
    groups,
    media,
    places,
    polling,
    polls,
    profile,
    reacting,
    texts,
    webhooks,
)

__all__ = [
    "albums",
    "copying",
    "deleting",
    "editing",
    "groups",
    "media",
    "places",
    "polling",
    "polls",
    "profile",
    "reacting",
    "texts",
    "webhooks",
]
