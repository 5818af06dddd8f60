"""What the documents say is what the code does: hooks, variables, commands, links, the plugin they show."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from appliance import Channel, IncomingMessage, cli, config, hookspecs, paths, plugins
from appliance.values import Chat, IncomingPart, Person, Reference

ROOT = Path(__file__).resolve().parents[2]
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
KINDS = {"start", "first", "all"}
FOLDERS = ("appliance", "docs", "examples", "plugins", "scripts", "static", "templates", "tests")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def list_files(*suffixes: str) -> list[Path]:
    """Our own files; what was vendored speaks for others."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "vendor" not in path.parts]
    return sorted(path for path in found if path.suffix in suffixes)


def list_documents() -> list[Path]:
    return list_files(".md")


def hooks_in_code() -> dict[str, tuple[str, list[str]]]:
    """Kind and arguments of each hook, by name."""
    hooks = {}
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction):
        options = getattr(function, f"{hookspecs.PROJECT}_spec", None)
        if options is not None:
            kind = "first" if options["firstresult"] else "all"
            hooks[name] = (kind, list(inspect.signature(function).parameters))
    return hooks


def hooks_in_document() -> dict[str, tuple[str, list[str]]]:
    section = read("docs/plugins.md").split("\n## Hooks\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| ([^|]+) \|", section, re.MULTILINE)
    return {name: (kind, re.findall(r"`(\w+)`", arguments)) for name, kind, arguments in rows}


def test_it_documents_every_hook_with_its_arguments() -> None:
    code, document = hooks_in_code(), hooks_in_document()
    assert code.keys() == document.keys()
    for name, (kind, arguments) in document.items():
        # Documents tell a hook that is asked once at start from one that is asked each time; pluggy does not.
        assert ("all" if kind == "start" else kind, arguments) == code[name], name
        assert kind in KINDS


def test_it_documents_every_method_of_a_channel_with_its_arguments() -> None:
    section = read("docs/plugins.md").split("\n## A channel\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)\(([^)]*)\)` \|", section, re.MULTILINE)
    documented = {name: re.findall(r"(\w+)(?:=\w+)?(?:, |$)", arguments) for name, arguments in rows}
    methods = inspect.getmembers(Channel, inspect.isfunction)
    assert documented == {name: list(inspect.signature(method).parameters)[1:] for name, method in methods}


@pytest.mark.parametrize("document", ["README.md", "docs/install.md"])
def test_it_documents_every_environment_variable(document: str) -> None:
    documented = re.findall(r"^\| `(APPLIANCE_\w+)` \|", read(document), re.MULTILINE)
    assert documented == list(config.VARIABLES)


def core_commands() -> Iterator[click.Command]:
    for module, _ in cli.COMMANDS.values():
        yield importlib.import_module(f"appliance.commands.{module}").command


def plugins_commands() -> Iterator[click.Command]:
    loaded = plugins.Plugins(strict=True)
    for found in plugins.find([paths.PLUGINS]):
        loaded.load(found)
    for _, brought in loaded.ask("register_commands"):
        yield from brought
    loaded.close()


def name_all(commands: Iterable[click.Command], path: str) -> Iterator[str]:
    """Full names, those of sub-commands too; a group of another class makes its own from what plugins bring."""
    for command in commands:
        yield f"{path} {command.name}"
        if type(command) is click.Group:
            yield from name_all(command.commands.values(), f"{path} {command.name}")


@pytest.fixture(scope="module")
def known_commands() -> set[str]:
    return set(name_all([*core_commands(), *plugins_commands()], "appliance"))


def test_it_documents_every_command(known_commands: set[str]) -> None:
    documented = re.findall(r"`(appliance [^`]+)`", read("README.md"))
    assert [name for name in sorted(known_commands) if not any(line.startswith(name) for line in documented)] == []


def shown_commands(text: str) -> list[tuple[str, str]]:
    """The first two words of every call of `appliance` in code, inline or in a block."""
    blocks = [block for block in CODE_BLOCK.findall(text) if not block.startswith(("```python", "```toml"))]
    others = re.findall(r"`[^`\n]+`|^ {4}.+$", CODE_BLOCK.sub("", text), re.MULTILINE)
    code = "\n".join([*blocks, *others])
    return re.findall(r"(?:^|[`/ ])(?<!from )appliance ([a-z][\w-]*)(?: ([a-z][\w-]*))?", code, re.MULTILINE)


def test_no_document_shows_a_command_that_does_not_exist(known_commands: set[str]) -> None:
    known = {name.removeprefix("appliance ") for name in known_commands}
    groups = {name.split()[0] for name in known if " " in name}
    missing = {
        f"{path.relative_to(ROOT)}: appliance {first} {second}"
        for path in list_documents()
        for first, second in shown_commands(path.read_text(encoding="utf-8"))
        if first not in known or (first in groups and second and f"{first} {second}" not in known)
    }
    assert missing == set()


def test_its_index_lists_every_decision() -> None:
    listed = re.findall(r"\]\(decisions/([^)]+)\)", read("docs/README.md"))
    assert listed == sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))


def test_each_decision_has_its_three_parts() -> None:
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} \S", text), path.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name


def test_code_refers_only_to_documents_that_exist() -> None:
    named = set()
    for path in list_files(".py", ".sh", ".toml", ".in", ".js", ".css", ".html", ".service"):
        named |= set(re.findall(r"docs/decisions/\d{4}|docs/[\w/]+\.md", path.read_text(encoding="utf-8")))
    assert [name for name in sorted(named) if not list(ROOT.glob(f"{name}*"))] == []


def anchors(text: str) -> set[str]:
    """The fragments that headings answer to, as Git forges make them."""
    headings = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def find_aim(folder: Path, address: str) -> Path:
    """In the manual a link is a chapter's address at /help: its file's name without number and ending."""
    chapters = list(folder.glob(f"[0-9][0-9]-{address}.md"))
    return chapters[0] if chapters else folder / address


def broken_links(path: Path) -> Iterator[str]:
    for target in LINK.findall(CODE_BLOCK.sub("", path.read_text(encoding="utf-8"))):
        address, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        aim = path if not address else find_aim(path.parent, address)
        if not aim.exists() or (fragment and fragment not in anchors(aim.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}: {target}"


def test_every_relative_link_leads_somewhere() -> None:
    assert [link for path in list_documents() for link in broken_links(path)] == []


def test_every_file_they_name_is_there() -> None:
    named = re.compile(r"`\.?/?((?:appliance|docs|examples|plugins|scripts|static|tests)/[\w./-]+)`")
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")]
    missing = {
        f"{path.name}: {name}"
        for path in documents
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    }
    assert missing == set()


@pytest.mark.parametrize(
    "unwanted",
    [
        r"\b(pypi|pythonhosted|piwheels)\.org\b|\bregistry\.(npmjs|yarnpkg)\b",
        r"(?<![\w.])/(root|work|Users)/",
        r"(?<![\w.])/home/\w",
        r"\blocalhost:\d+/(simple|pypi)\b",
    ],
)
def test_no_document_names_a_registry_or_a_path_of_somebodys_machine(unwanted: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in list_documents()
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(unwanted, line)
    ]
    assert found == []


def write_shown_plugin(folder: Path, document: str) -> None:
    """Put the plugin a document shows, file by file, where an owner would put it."""
    text = read(document)
    blocks = re.findall(
        r"(?:^`data/plugins/(\S+)`:\n\n)?^```(?:toml|python)\n(.*?)^```", text, re.MULTILINE | re.DOTALL
    )
    for named_before, content in blocks:
        named_inside = re.match(r"# data/plugins/(\S+)\n", content)
        name = named_before or (named_inside[1] if named_inside else "")
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")


@pytest.mark.parametrize("document", ["README.md", "docs/plugins.md"])
def test_the_plugin_it_shows_works(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "appliance_hello", raising=False)
    write_shown_plugin(tmp_path, document)
    (found,) = [plugin for plugin in plugins.find([tmp_path]) if plugin.name == "hello"]
    loaded = plugins.Plugins(strict=True)
    loaded.load(found)
    verdicts = [loaded.ask_first("screen_message", connection_id=1, message=saying(text)) for text in ("Hello!", "Hi")]
    loaded.close()
    assert verdicts[0].action == "refuse"
    assert verdicts[1] is None


def saying(text: str) -> IncomingMessage:
    chat, author, at = Chat("7"), Person("7", "Anna"), datetime(2026, 1, 1, tzinfo=UTC)
    return IncomingMessage(chat, author, Reference("7", "1"), at, (IncomingPart("text", text=text),))
