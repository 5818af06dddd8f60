"""A sound card that nobody hears. Without any, Firefox never starts a page's AudioContext."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.harness.processes import LoggedProcess
from tests.harness.waiting import wait_until

START_SECONDS = 60.0
MODULES = "load-module module-null-sink\nload-module module-native-protocol-unix auth-anonymous=1 socket={socket}\n"
OPTIONS = ("-n", "--daemonize=no", "--use-pid-file=no", "--disable-shm=yes", "--exit-idle-time=-1")


@contextmanager
def plug_in(folder: Path) -> Iterator[Mapping[str, str]]:
    """What a browser's environment must have in it to play to this card. `folder` has to be a short path: it gets a
    socket, whose name may have about a hundred letters."""
    socket, script, log = folder / "sound", folder / "sound.pa", folder / "sound.log"
    script.write_text(MODULES.format(socket=socket))
    environ = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    server = LoggedProcess(("pulseaudio", *OPTIONS, "-F", str(script)), log, environ)
    try:
        wait_until(socket.exists, "the sound card", START_SECONDS, shown=log.read_text)
        yield {"PULSE_SERVER": f"unix:{socket}"}
    finally:
        server.stop()
