"""The worker process: background jobs, the readers of the journal and the feed, the channels' and plugins' services."""

from __future__ import annotations

import logging
import signal
import threading
import time

from appliance import queue, tasks
from appliance.app import close_app, create_app
from appliance.config import Config
from appliance.plugins import plugins
from appliance.services import clockwork, pollers
from appliance.services.threads import Thread, keep_running
from appliance.supervision.heartbeat import Heartbeat

log = logging.getLogger("appliance.worker")
JOBS = (tasks.deliver, tasks.fetch, tasks.verify, tasks.prepare, tasks.prepare_slowly)
STOP_SECONDS = 20.0
HUNG_SECONDS = 60.0


class Worker:
    """Everything the worker runs, from start to stop."""

    def __init__(self, config: Config) -> None:
        self.stop_asked = threading.Event()
        self.app = create_app(config, role="worker")
        self.clock = clockwork.Clockwork()
        self.pollers = pollers.Pollers(self.clock.arrived)
        self.consumers = queue.consumers()
        self.services: list[Thread] = []

    def start(self) -> None:
        for consumer in self.consumers:
            consumer.start()
        self.clock.start()
        self.pollers.start()
        for name, answers in plugins().ask("register_services"):
            for service in answers:
                self.services.append(keep_running(f"{name}.{service.name}", service.run))

    def alive(self) -> bool:
        """Whether the clockwork still turns and no consumer thread has died."""
        turning = time.monotonic() - self.clock.turned < HUNG_SECONDS
        return turning and all(
            thread.is_alive() for consumer in self.consumers for _, thread in consumer.worker_threads
        )

    def stop(self) -> None:
        """Readers first, so that nothing new begins; then the jobs under way get their time."""
        self.pollers.stop()
        for service in self.services:
            service.stop()
        self.clock.stop()
        stoppers = [threading.Thread(target=consumer.stop, kwargs={"graceful": True}) for consumer in self.consumers]
        for stopper in stoppers:
            stopper.start()
        deadline = time.monotonic() + STOP_SECONDS
        for stopper in stoppers:
            stopper.join(max(0.0, deadline - time.monotonic()))
        close_app(self.app)


def run(config: Config) -> int:
    """`appliance worker`: work until SIGTERM or SIGINT."""
    heartbeat = Heartbeat(alive=lambda: state[0].alive() if state else True)
    state: list[Worker] = []
    heartbeat.start()
    worker = Worker(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop_asked.set())
    worker.start()
    state.append(worker)
    heartbeat.ready()
    worker.stop_asked.wait()
    worker.stop()
    return 0
