"""What supervisor and child agreed on."""

from __future__ import annotations

import signal

PIPE_VARIABLE = "APPLIANCE_HEARTBEAT_FD"  # number of the pipe's writing end, inherited by the child
BEAT, READY = b".", b"R"
WHERE_ARE_YOU = signal.SIGUSR1  # a hanging child is asked for its stacks before it is killed
HOPELESS = 78  # EX_CONFIG: exit code of a child that was never ready and need not be started again
