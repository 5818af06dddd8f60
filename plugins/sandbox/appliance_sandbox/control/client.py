"""`Control`: commands for a running sandbox."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from appliance_sandbox.control.groups import GroupCommands
from appliance_sandbox.control.manners import MannerCommands
from appliance_sandbox.control.phone import Phone

Json = dict[str, Any]
TIMEOUT = 60.0


class ControlError(Exception):
    """The sandbox refused: `code` as in HTTP, the text says why."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Control(GroupCommands, MannerCommands):
    """Commands a running sandbox. `url` is any address of it, `secret` its control secret.

    Every method raises ControlError when the sandbox refuses and httpx.HTTPError when it cannot be reached.
    Commands go to the control port, so they also work while the Bot API's port refuses connections.
    """

    def __init__(self, url: str, secret: str) -> None:
        # Loopback speaks plain HTTP; an empty context spares loading every CA.
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        headers = {"X-Control-Secret": secret}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT, trust_env=False, verify=plain)
        self._base = url.rstrip("/")
        self._base = self.ask("GET", "")["control_url"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def ask(self, verb: str, path: str, **options: Any) -> Any:
        """One command; `options` are those of httpx. Answers the decoded JSON."""
        response = self._client.request(verb, f"{self._base}/control{path}", **options)
        if response.is_error:
            answer = response.json() if "json" in response.headers.get("content-type", "") else {}
            raise ControlError(response.status_code, answer.get("description", response.reason_phrase))
        return response.json()

    def add_bot(self, token: str | None = None, name: str = "Sandbox", username: str = "sandbox_bot") -> Json:
        """Answers `{"id", "token", "name", "username", "state", "reads_groups"}`."""
        bot: Json = self.ask("POST", "/bots", json={"token": token, "name": name, "username": username})
        return bot

    def bots(self) -> list[Json]:
        return list(self.ask("GET", "/bots"))

    def change_bot(self, bot_id: int, **changes: Any) -> Json:
        """`state` (active, revoked, logged_out), `renew` (True for a new token), `reads_groups`."""
        bot: Json = self.ask("PATCH", f"/bots/{bot_id}", json=changes)
        return bot

    def add_customer(self, first_name: str, **names: Any) -> Json:
        """`last_name`, `username`, `language_code`, `id`. Answers the User object."""
        person: Json = self.ask("POST", "/customers", json={"first_name": first_name, **names})
        return person

    def customers(self) -> list[Json]:
        return list(self.ask("GET", "/customers"))

    def deactivate(self, customer_id: int) -> None:
        """Their account is gone."""
        self.ask("POST", f"/customers/{customer_id}/deactivate")

    def phone(self, bot_id: int, customer_id: int, chat_id: int = 0, anonymous: bool = False) -> Phone:
        """The phone of a customer, showing the chat with a bot (or a group the bot is in).

        `anonymous`: in a supergroup they speak as an administrator who does not show.
        """
        return Phone(self, bot_id, customer_id, chat_id or customer_id, anonymous)

    def phones(self, bot_id: int) -> list[Json]:
        """Every customer (`person`) with the `last` message of their chat or None, latest first."""
        return list(self.ask("GET", f"/bots/{bot_id}/phones"))

    def act_many(self, bot_id: int, acts: Sequence[Json]) -> Json:
        """Many acts in one go, each `{"customer": id, "act": "text", …fields}`; for load."""
        done: Json = self.ask("POST", f"/bots/{bot_id}/acts", json={"acts": list(acts)})
        return done

    def inject(self, bot_id: int, update: Json | bytes, keep_id: bool = False) -> int | None:
        """Queue any update, or bytes that may be no JSON (`__UPDATE_ID__` in them is replaced)."""
        if isinstance(update, bytes):
            body: Json = {"raw": base64.b64encode(update).decode()}
        else:
            body = {"update": update, "keep_id": keep_id}
        update_id: int | None = self.ask("POST", f"/bots/{bot_id}/updates", json=body)["update_id"]
        return update_id

    def pending(self, bot_id: int) -> list[Any]:
        """Updates the bot has not confirmed yet."""
        return list(self.ask("GET", f"/bots/{bot_id}/updates"))

    def add_fault(self, kind: str, **fields: Any) -> Json:
        """See `server.faults.Fault` for kinds and fields."""
        fault: Json = self.ask("POST", "/faults", json={"kind": kind, **fields})
        return fault

    def faults(self) -> list[Json]:
        return list(self.ask("GET", "/faults"))

    def clear_faults(self) -> None:
        """Everything works again, the port included, and nobody has to keep a pace."""
        self.ask("DELETE", "/faults")

    def refuse(self, seconds: float) -> None:
        """The Bot API's port refuses connections until then, or until `clear_faults`."""
        self.ask("POST", "/refusal", json={"seconds": seconds})

    def requests(self, method: str = "", after: int = 0, bot_id: int = 0, limit: int = 1000) -> list[Json]:
        """What bots asked for: `{"id", "bot_id", "method", "chat_id", "parameters", "at", "fault"}`."""
        fields: dict[str, str | int] = {"method": method, "after": after, "bot_id": bot_id, "limit": limit}
        return list(self.ask("GET", "/requests", params=fields))

    def clear_requests(self) -> None:
        self.ask("DELETE", "/requests")

    def file(self, bot_id: int, file_id: str) -> bytes:
        """The bytes of a file, whatever its size."""
        return self.file_piece(bot_id, file_id).content

    def file_piece(self, bot_id: int, file_id: str, piece: str = "") -> httpx.Response:
        """The answer with the bytes a Range header such as `bytes=0-99` names; without one all of them."""
        headers = {"Range": piece} if piece else {}
        response = self._client.get(f"{self._base}/control/bots/{bot_id}/files/{file_id}", headers=headers)
        if response.is_error:
            raise ControlError(response.status_code, f"no file {file_id}")
        return response
