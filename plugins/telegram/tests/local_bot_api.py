"""A small Bot API server on loopback that does what it is told: answer, refuse, garble, hang or hang up."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "7000000001:AAtesttesttesttesttesttesttesttest"
_SAY_YES = (
    "deleteMessage",
    "deleteMessages",
    "deleteBusinessMessages",
    "sendChatAction",
    "answerCallbackQuery",
    "leaveChat",
)
_ADDRESS = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]+)/(?P<rest>.+)")


@dataclass(frozen=True)
class Answer:
    """`cut`: promise this many bytes more than are sent, then hang up. `after` seconds."""

    status: int = 200
    body: bytes = b""
    after: float = 0.0
    cut: int = 0


class HangUp:
    """Close the connection once the request has been read."""


class Refuse:
    """Close the connection before the request's body has been read."""


Behaviour = Answer | HangUp | Refuse


@dataclass
class Call:
    method: str
    params: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def result(value: Any) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": value}).encode())


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return Answer(status, json.dumps({**body, "parameters": parameters} if parameters else body).encode())


def conflict() -> Answer:
    return refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running")


def _webhook_is_active() -> Answer:
    return refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")


class LocalBotApi:
    """`script[method]` holds behaviours for the next calls; afterwards the server is kind."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.calls: list[Call] = []
        self.script: defaultdict[str, deque[Behaviour]] = defaultdict(deque)
        self.updates: list[tuple[int, bytes]] = []
        self.files: dict[str, bytes] = {}
        self.webhook = ""
        self.webhook_state: dict[str, Any] = {}
        self.me: dict[str, Any] = {
            "id": 7000000001,
            "is_bot": True,
            "first_name": "Tea Shop",
            "username": "tea_shop_bot",
        }
        self._next_message = 100
        self._lock = threading.Lock()
        self._server = _Server(self)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        return {"token": TOKEN, "api_url": self.url, "proxy": ""}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def add_update(self, update: dict[str, Any]) -> None:
        self.updates.append((update["update_id"], json.dumps(update, ensure_ascii=False).encode()))

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def behave(self, call: Call) -> Behaviour:
        with self._lock:
            self.calls.append(call)
            if self.script[call.method]:
                return self.script[call.method].popleft()
        if call.method == "getUpdates":
            return _webhook_is_active() if self.webhook else self._answer_updates(call)
        return self._answer(call)

    def _answer(self, call: Call) -> Behaviour:
        if call.method == "getMe":
            return result(self.me)
        if call.method == "getWebhookInfo":
            return result({"url": self.webhook, "pending_update_count": 0, **self.webhook_state})
        if call.method in ("setWebhook", "deleteWebhook"):
            self.webhook = call.params.get("url", "")
            return result(True)
        if call.method == "getUserProfilePhotos":
            return result({"total_count": 1, "photos": [[{"file_id": "face", "width": 160, "height": 160}]]})
        if call.method == "getFile":
            path, size = f"files/{call.params['file_id']}.jpg", len(self.files.get(call.params["file_id"], b""))
            return result({"file_id": call.params["file_id"], "file_path": path, "file_size": size})
        if call.method in _SAY_YES:
            return result(True)
        if call.method == "sendMediaGroup":
            return result([self._message(call) for _ in json.loads(call.params["media"])])
        return result(self._message(call))

    def _message(self, call: Call) -> dict[str, Any]:
        with self._lock:
            self._next_message += 1
            number = self._next_message
        return {
            "message_id": number,
            "date": 1784480000,
            "chat": {"id": int(call.params["chat_id"]), "type": "private"},
        }

    def _answer_updates(self, call: Call) -> Behaviour:
        offset, limit = int(call.params.get("offset", 0)), int(call.params.get("limit", 100))
        self.updates = [update for update in self.updates if update[0] >= offset]
        deadline = time.monotonic() + float(call.params.get("timeout", 0))
        while not self.updates and time.monotonic() < deadline:
            time.sleep(0.02)
        return Answer(200, b'{"ok":true,"result":[' + b",".join(raw for _, raw in self.updates[:limit]) + b"]}")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, api: LocalBotApi) -> None:
        self.api = api
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up in half of the tests; that is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """Quiet."""

    def do_GET(self) -> None:
        api, address = self.server.api, _ADDRESS.fullmatch(self.path)
        name = address["rest"].rpartition("/")[2].removesuffix(".jpg") if address else ""
        behaviour = api.script["file"].popleft() if api.script["file"] else None
        self._do(behaviour or (Answer(200, api.files[name]) if name in api.files else Answer(404, b"Not Found")))

    def do_POST(self) -> None:
        api, address = self.server.api, _ADDRESS.fullmatch(self.path)
        method = address["rest"] if address else ""
        if api.script[method] and isinstance(api.script[method][0], Refuse):
            api.script[method].popleft()
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        params, files = _read_body(self.headers["Content-Type"], body)
        known = address is not None and address["token"] == TOKEN
        self._do(api.behave(Call(method, params, files)) if known else refusal(401, "Unauthorized"))

    def _do(self, behaviour: Behaviour) -> None:
        if not isinstance(behaviour, Answer):
            self.close_connection = True
            return
        time.sleep(behaviour.after)
        self.send_response(behaviour.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(behaviour.body) + behaviour.cut))
        self.end_headers()
        self.wfile.write(behaviour.body)
        self.close_connection = self.close_connection or bool(behaviour.cut)


def _read_body(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    if content_type.startswith("application/json"):
        return json.loads(body), {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    head = b"Content-Type: " + content_type.encode() + b"\r\n\r\n"
    params: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name, filename = str(part.get_param("name", header="content-disposition")), part.get_filename()
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if filename is None:
            params[name] = content.decode()
        else:
            files[name] = (filename, content)
    return params, files


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[LocalBotApi]:
    api = LocalBotApi(tls)
    try:
        yield api
    finally:
        api.close()
