"""Plugins' blueprints: under their own prefix, behind the same locks as our pages."""

from __future__ import annotations

from flask import Blueprint, Flask

from appliance.plugins import plugins


def register_plugin_pages(app: Flask) -> None:
    for plugin, blueprint in plugins().ask("register_blueprint"):
        try:
            _register(app, plugin, blueprint)
        except Exception as error:
            plugins().note(plugin, "register_blueprint", error)
            if plugins().strict:
                raise


def _register(app: Flask, plugin: str, blueprint: Blueprint) -> None:
    """Names all agree, so that no plugin can stand in the place of a page of ours."""
    if blueprint.name != plugin:
        raise ValueError(f"the blueprint must be named {plugin!r}")
    if plugin in app.blueprints or _is_taken(app, f"/{plugin}"):
        raise ValueError(f"the name {plugin!r} is taken by a page of the core")
    app.register_blueprint(blueprint, url_prefix=f"/{plugin}")


def _is_taken(app: Flask, prefix: str) -> bool:
    return any(rule.rule == prefix or rule.rule.startswith(f"{prefix}/") for rule in app.url_map.iter_rules())
