"""`appliance demo`: a box already set up, with sample conversations and no bot needed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click

from appliance import box, translate
from appliance_sandbox import rooms, settings
from appliance_sandbox.preparing import Demo, is_free, prepare, read_demo, system_language

DATA, LISTEN = "APPLIANCE_DATA", "APPLIANCE_LISTEN"
ANY_ADDRESS = ("", "0.0.0.0", "[::]")  # noqa: S104 - only compared
ELSEWHERE = ("192.0.2.1", 9)  # a documentation address: choosing a route to it sends nothing
PATIENCE = 120


@click.command("demo")
def demo() -> None:
    """Try it without a bot: a desk with sample conversations, in data of its own. Ctrl-C stops it."""
    if not os.environ.get(DATA):
        # Never the data of a real box, unless someone says so.
        os.environ[DATA] = str(rooms.folder().parent.parent / "demo")
        become("demo")
    known = read_demo()
    if known is None and box().setting("company"):
        raise click.ClickException("this data folder belongs to a box in use; give the demo another APPLIANCE_DATA")
    language = system_language()
    if known and known.finished:
        check_port(settings.port())
    else:
        click.echo(translate("Setting up the demo…", language))
        known = prepare(known or Demo.new(), language, tell)
    announce(known, language)
    become("run")


def tell(*command: str, given: str = "") -> None:
    """Another command of `appliance` over the same data; its complaint is ours."""
    done = subprocess.run(
        [sys.executable, "-m", "appliance", *command],
        input=given, text=True, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"{command[0]} failed"
        raise click.ClickException(f"{said}\nDelete {os.environ[DATA]} to begin anew.")


def announce(known: Demo, language: str) -> None:
    """Where it opens, and with what."""
    address = desk_address(os.environ.get(LISTEN) or "0.0.0.0:8080")
    lines = (
        translate("The demo opens at {address}", language, address=f"{address}/"),
        translate("Login: {login}", language, login=known.login),
        translate("Password: {password}", language, password=known.password),
        translate("The practice phone is at {address}", language, address=f"{address}/sandbox/"),
        translate("Ctrl-C stops it.", language),
    )
    click.echo("\n" + "\n".join(lines) + "\n")


def desk_address(listen: str) -> str:
    """How another machine on the network opens what listens there."""
    host, _, port = listen.rpartition(":")
    return f"http://{own_address() if host in ANY_ADDRESS else host}:{port}"


def own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"


def check_port(port: int) -> None:
    if not is_free(port):
        raise click.ClickException(f"port {port} is in use: does the demo run already?")


def become(command: str) -> None:
    """From here on this process is that command: Ctrl-C reaches it directly."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "appliance", command])  # noqa: S606 - our own command line
