"""Through a proxy: everything goes that way, and what the proxy refuses never left."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from appliance import ConnectError, ConnectionInfo, Outgoing, OutgoingPart, RemoteFile, SendError
from appliance_telegram import client
from appliance_telegram.channel import TelegramChannel
from appliance_telegram.client import trusted_certificates
from appliance_telegram.pauses import Pauses
from plugins.telegram.tests.desk import PDF
from plugins.telegram.tests.kept_journal import KeptJournal
from plugins.telegram.tests.local_bot_api import TOKEN, LocalBotApi, running
from plugins.telegram.tests.proxies import PASSWORD, USER, Route, proxy
from plugins.telegram.tests.serving import serving

HOST = "api.example"
SCHEMES = ("http", "socks5")


@dataclass
class Far:
    """A Bot API server that only the proxy can reach."""

    api: LocalBotApi
    route: Route
    api_url: str
    proxy: str

    def settings(self, user: str = "") -> dict[str, str]:
        return {"token": TOKEN, "api_url": self.api_url, "proxy": self.proxy.replace("://", f"://{user}")}

    def connection(self, user: str = "") -> ConnectionInfo:
        return ConnectionInfo(1, self.settings(user))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pauses, "take", lambda self: 0.02)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of the far server, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = tmp_path_factory.mktemp("far") / "far.pem"
    file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return file


@pytest.fixture(params=["plain", "tls"])
def tls(
    request: pytest.FixtureRequest, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ssl.SSLContext | None]:
    """Telegram's own server is reached by TLS through a tunnel; one's own may speak plain HTTP."""
    if request.param == "plain":
        yield None
        return
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    trusted_certificates.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    yield context
    trusted_certificates.cache_clear()


@pytest.fixture(params=SCHEMES)
def far(request: pytest.FixtureRequest, tls: ssl.SSLContext | None) -> Iterator[Far]:
    with running(tls) as api:
        route = Route(api.port)
        with proxy(request.param, route) as address:
            yield Far(api, route, f"{'https' if tls else 'http'}://{HOST}", address)


def send(channel: TelegramChannel, connection: ConnectionInfo, part: OutgoingPart) -> tuple[int, str]:
    """How often it left, and what was in the way."""
    left: list[int] = []
    (piece,) = channel.plan(Outgoing("5", (part,)))
    try:
        channel.send(connection, "5", piece, dict.fromkeys(piece.files, PDF), lambda: left.append(1))
    except SendError as error:
        return len(left), f"{error.code}: {error.params['cause']}"
    return len(left), ""


TEXT = OutgoingPart(0, "text", "hello")
FILE = OutgoingPart(0, "document", file_id=PDF.id, mime="application/pdf", name=PDF.name, size=PDF.size)


@pytest.mark.parametrize("user", ["", f"{USER}:{PASSWORD}@"])
def test_everything_goes_through_it(channel: TelegramChannel, far: Far, user: str) -> None:
    far.route.password = bool(user)
    connection = far.connection(user)
    assert channel.check(connection.settings).title == "Tea Shop"
    journal = KeptJournal()
    far.api.add_update({"update_id": 10, "message": {"chat": {"id": 5}}})
    with serving(channel, connection, journal):
        journal.wait_for(lambda: journal.mark == "11")
    assert [send(channel, connection, part) for part in (TEXT, FILE)] == [(1, ""), (1, "")]
    far.api.files["F1"], target = bytes(300_000), io.BytesIO()
    channel.fetch(connection, RemoteFile("F1"), target)
    assert target.getvalue() == bytes(300_000)
    assert far.api.of("sendDocument")[0].files
    assert set(far.route.asked) == {HOST}
    assert journal.troubles == []


@pytest.mark.parametrize("user", ["", f"{USER}:wrong@", f"other:{PASSWORD}@"])
def test_a_wrong_password_is_named_as_what_it_is(channel: TelegramChannel, far: Far, user: str) -> None:
    far.route.password = True
    connection = far.connection(user)
    with pytest.raises(ConnectError) as caught:
        channel.check(connection.settings)
    assert (caught.value.code, caught.value.temporary) == ("proxy_unreachable", True)
    assert send(channel, connection, TEXT)[1] == "network: proxy_unreachable"
    with pytest.raises(SendError) as failed:
        channel.fetch(connection, RemoteFile("F1"), io.BytesIO())
    assert (failed.value.code, failed.value.permanent) == ("network", False)
    journal = KeptJournal()
    with serving(channel, connection, journal):
        journal.wait_for(lambda: bool(journal.troubles))
    assert journal.troubles[0][0] == "proxy_unreachable"
    assert far.route.refused >= 4
    assert far.api.calls == []
    assert PASSWORD not in str(journal.troubles)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_proxy_that_is_gone_is_named_as_what_it_is(channel: TelegramChannel, scheme: str) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        gone = f"{scheme}://127.0.0.1:{reserved.getsockname()[1]}"
    settings = {"token": TOKEN, "api_url": f"https://{HOST}", "proxy": gone}
    with pytest.raises(ConnectError) as caught:
        channel.check(settings)
    assert (caught.value.code, caught.value.temporary) == ("proxy_unreachable", True)
    assert send(channel, ConnectionInfo(1, settings), TEXT) == (0, "network: proxy_unreachable")


def test_a_proxy_that_says_nothing_is_not_waited_for_for_ever(
    channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_UNTIL_WRITTEN", -14.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        through = f"socks5://127.0.0.1:{silent.getsockname()[1]}"
        settings = {"token": TOKEN, "api_url": f"https://{HOST}", "proxy": through}
        with pytest.raises(ConnectError, match="proxy_unreachable"):
            channel.check(settings)


def test_a_proxy_that_refuses_the_tunnel_lets_nothing_leave(channel: TelegramChannel) -> None:
    with proxy("http", Route(9, password=True)) as through:
        connection = ConnectionInfo(1, {"token": TOKEN, "api_url": f"https://{HOST}", "proxy": through})
        assert send(channel, connection, TEXT) == (0, "network: proxy_unreachable")


def test_a_bot_api_server_on_this_machine_is_reached_without_the_environments_proxy(
    channel: TelegramChannel, api: LocalBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = Route(api.port)
    with proxy("http", route) as through:
        monkeypatch.setenv("HTTP_PROXY", through)
        assert send(channel, ConnectionInfo(1, {"token": TOKEN, "api_url": f"http://{HOST}"}), TEXT) == (1, "")
        assert route.asked == [HOST]
        assert send(channel, ConnectionInfo(1, api.settings), TEXT) == (1, "")
        assert route.asked == [HOST]
