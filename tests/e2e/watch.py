"""What no page may ever do, watched in every browser of a test: fail in a script, break the policy, ask outside."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

OURS = re.compile(r"(http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1:)")
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


class Watch:
    """`complaints` has to be empty at the end. What a test breaks on purpose it forgives beforehand."""

    def __init__(self) -> None:
        self._complaints: list[str] = []
        self._forgiven: list[str] = []

    @property
    def complaints(self) -> list[str]:
        return [said for said in self._complaints if not any(words in said for words in self._forgiven)]

    def forgive(self, *words: str) -> None:
        """Complaints with one of these words in them are what this test is about."""
        self._forgiven += words

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _catch(self, error: WebError) -> None:
        self._complaints.append(f"script: {error.error}")

    def _see(self, request: Request) -> None:
        if not OURS.match(request.url):
            self._complaints.append(f"outside: {request.url}")
