"""The door to plugins: found, loaded, and asked, each kept from harming the others."""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from appliance import hookspecs, language
from appliance.hookspecs import PROJECT

GROUP = "appliance.plugins"
BUDGET_SECONDS = 0.2
log = logging.getLogger("appliance.plugins")


@dataclass(frozen=True)
class Found:
    """A plugin before it is imported. origin: 'installed' or 'folder'."""

    name: str
    package: str
    version: str
    origin: str
    folder: Path | None = None


@dataclass(frozen=True)
class Failure:
    """What went wrong with a plugin, and where: at load, in migrate, or in a hook."""

    plugin: str
    where: str
    reason: str


class Plugins:
    """The plugins of one app. `strict` (tests) lets every failure through; `report` hears of each one, so that the
    status page of another process can name it."""

    def __init__(self, strict: bool = False, report: Callable[[Failure], None] | None = None) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.strict = strict
        self._report = report
        self.loaded: dict[str, Found] = {}
        self.broken: dict[str, Failure] = {}
        self._told: set[tuple[str, str]] = set()
        self._clock = ThreadPoolExecutor(max_workers=4, thread_name_prefix="hook")

    def add(self, module: ModuleType, found: Found) -> None:
        """Register an imported plugin and its catalogs."""
        self.manager.register(module, name=found.name)
        self.manager.check_pending()
        self.loaded[found.name] = found
        if file := getattr(module, "__file__", None):
            language.add_folders([Path(file).parent / "translations"])

    def load(self, found: Found) -> None:
        """Import and register; a plugin that fails is listed as broken with one line of reason."""
        try:
            if found.folder is not None and str(found.folder) not in sys.path:
                sys.path.append(str(found.folder))
            self.add(importlib.import_module(found.package), found)
        except (Exception, SystemExit) as error:
            if self.strict:
                raise
            if self.manager.has_plugin(found.name):
                self.manager.unregister(name=found.name)
            self.broken[found.name] = Failure(found.name, "load", f"{type(error).__name__}: {error}"[:300])
            log.error("plugin %s is broken: %s", found.name, error)

    def drop(self, name: str, where: str, reason: str) -> None:
        """List a loaded plugin as broken and ask it nothing more; what it stored is kept."""
        self.manager.unregister(name=name)
        del self.loaded[name]
        self.broken[name] = Failure(name, where, reason)
        log.error("plugin %s is left out: %s", name, reason)

    def ask(self, hook: str, **arguments: Any) -> list[tuple[str, Any]]:
        """Every plugin's answer that is not None, as (plugin, answer), first-comers first."""
        return [(name, answer) for name, answer in self._answers(hook, arguments, None) if answer is not None]

    def ask_first(self, hook: str, *, budget: float | None = None, **arguments: Any) -> Any:
        """The first answer that is not None. With a budget in seconds, a late plugin has no opinion."""
        for _, answer in self._answers(hook, arguments, budget):
            if answer is not None:
                return answer
        return None

    def demand(self, hook: str, **arguments: Any) -> None:
        """Every plugin has to do it: the first failure goes through to whoever asks."""
        caller: pluggy.HookCaller = getattr(self.manager.hook, hook)
        for implementation in reversed(caller.get_hookimpls()):
            implementation.function(*[arguments[name] for name in implementation.argnames])

    def _answers(self, hook: str, arguments: dict[str, Any], budget: float | None) -> Iterator[tuple[str, Any]]:
        caller: pluggy.HookCaller = getattr(self.manager.hook, hook)
        for implementation in reversed(caller.get_hookimpls()):
            picked = [arguments[name] for name in implementation.argnames]
            try:
                yield implementation.plugin_name, self._call(implementation, picked, budget)
            except (Exception, SystemExit) as error:
                self.note(implementation.plugin_name, hook, error)
                if self.strict:
                    raise

    def _call(self, implementation: pluggy.HookImpl, picked: Sequence[Any], budget: float | None) -> Any:
        if budget is None or implementation.plugin_name == "defaults":
            return implementation.function(*picked)
        started = time.monotonic()
        try:
            return self._clock.submit(implementation.function, *picked).result(timeout=budget)
        except Late:
            raise TimeoutError(f"no answer after {time.monotonic() - started:.1f} s") from None

    def note(self, plugin: str, where: str, error: BaseException) -> None:
        """Tell of a failure of a plugin; the first of its kind with its traceback."""
        failure = Failure(plugin, where, f"{type(error).__name__}: {error}"[:300])
        if (plugin, where) not in self._told:
            self._told.add((plugin, where))
            log.error("plugin %s failed in %s", plugin, where, exc_info=error)
        if self._report is not None:
            self._report(failure)

    def close(self) -> None:
        self._clock.shutdown(wait=False, cancel_futures=True)


def find(folders: Sequence[Path]) -> list[Found]:
    """All plugins, alphabetically: installed distributions, then folders with a pyproject; installed wins."""
    found: dict[str, Found] = {}
    for entry in importlib.metadata.entry_points(group=GROUP):
        version = entry.dist.version if entry.dist else ""
        found[entry.name] = Found(entry.name, entry.value, version, "installed")
    for folder in folders:
        for manifest in sorted(folder.glob("*/pyproject.toml")):
            plugin = _read_manifest(manifest)
            if plugin is not None:
                found.setdefault(plugin.name, plugin)
    return [found[name] for name in sorted(found)]


def migrations_of(found: Found) -> Path | None:
    """The folder of a loaded plugin's migrations, if it keeps tables."""
    module = sys.modules.get(found.package)
    folder = Path(module.__file__).parent / "migrations" if module and module.__file__ else None
    return folder if folder and folder.is_dir() and found.origin != "core" else None


def _read_manifest(manifest: Path) -> Found | None:
    try:
        project = tomllib.loads(manifest.read_text("utf-8"))["project"]
        ((name, package),) = project["entry-points"][GROUP].items()
        return Found(str(name), str(package), str(project.get("version", "")), "folder", manifest.parent)
    except (OSError, ValueError, KeyError, tomllib.TOMLDecodeError) as error:
        log.warning("%s is no plugin: %s", manifest.parent, error)
        return None


_bound: list[Plugins] = []


def bind(plugins_of_app: Plugins) -> None:
    _bound[:] = [plugins_of_app]


def unbind() -> None:
    """Let go of the app's plugins and end their clock."""
    for held in _bound:
        held.close()
    _bound.clear()


def plugins() -> Plugins:
    """The app's plugins; RuntimeError before create_app."""
    if not _bound:
        raise RuntimeError("plugins are not bound")
    return _bound[0]
