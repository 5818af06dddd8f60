"""What the core relies on in every channel. A channel's tests derive a class and say what is special about it:

class TestMyContract(ChannelContract):
    package = appliance_mine
    nonsense = ({}, {"token": "nonsense"})

    @pytest.fixture
    def channel(self) -> Iterator[Channel]: ...

    @pytest.fixture
    def dead(self) -> ConnectionInfo: ...   # settings that look right, with nobody at the other end
"""

from __future__ import annotations

import io
import json
import re
import threading
import time
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import ClassVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import (
    Account,
    Channel,
    ConnectError,
    ConnectionInfo,
    Incoming,
    Json,
    Outgoing,
    OutgoingPart,
    PartKind,
    Piece,
    RawUpdate,
    RemoteFile,
    SendError,
    Unreadable,
)
from tests.contract.changes_contract import ChangesContract
from tests.contract.checks import bounded, check_survival
from tests.contract.codes import codes_in_source, untranslated
from tests.contract.outgoing import messages


class Listener:
    """A journal that only notes what it is told."""

    def __init__(self) -> None:
        self.troubles: list[tuple[str, Json]] = []

    def position(self) -> str:
        return ""

    def commit(self, updates: Sequence[RawUpdate], position: str) -> None:
        """Nobody is there to send anything."""

    def alive(self) -> None:
        """Nobody is there to answer."""

    def trouble(self, code: str, params: Json | None = None) -> None:
        self.troubles.append((code, params or {}))


class ChannelContract(ChangesContract):
    package: ClassVar[ModuleType]
    nonsense: ClassVar[Sequence[Mapping[str, str]]]

    # Who it is

    def test_it_has_a_name_that_fits_everywhere(self, channel: Channel) -> None:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", channel.name)
        assert channel.title.strip()

    def test_its_form_can_be_shown_and_filled_in(self, channel: Channel) -> None:
        names = [field.name for field in channel.form]
        assert names
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
        assert all(field.label for field in channel.form)
        assert any(field.required for field in channel.form)

    def test_its_capabilities_are_real(self, channel: Channel) -> None:
        able = channel.capabilities
        assert able.kinds_in | able.kinds_out <= set(get_args(PartKind))
        assert "text" in able.kinds_out
        assert min(able.text_limit, able.caption_limit, able.upload_limit, able.download_limit) > 0

    # Its words

    def test_every_code_it_names_has_a_text(self, channel: Channel) -> None:
        assert codes_in_source(self.package) <= set(channel.texts)

    def test_its_words_exist_in_both_languages(self, channel: Channel) -> None:
        assert all(text.reason for text in channel.texts.values())
        assert untranslated(self.package, channel) == []

    # Connecting

    def test_nonsense_settings_are_refused_in_words(self, channel: Channel) -> None:
        for nonsense in self.nonsense:
            with pytest.raises(ConnectError) as checked:
                channel.check(nonsense)
            with pytest.raises(ConnectError) as claimed:
                channel.claim(nonsense)
            assert {checked.value.code, claimed.value.code} <= set(channel.texts)

    def test_nobody_at_the_other_end_is_said(self, channel: Channel, dead: ConnectionInfo) -> None:
        with pytest.raises(ConnectError) as caught:
            channel.check(dead.settings)
        assert caught.value.code in channel.texts

    # Receiving

    def test_its_service_ends_when_it_is_told(self, channel: Channel, dead: ConnectionInfo) -> None:
        stop, journal = threading.Event(), Listener()
        service = threading.Thread(target=channel.serve, args=(dead, journal, stop), daemon=True)
        service.start()
        time.sleep(0.3)
        assert service.is_alive()
        stop.set()
        service.join(10.0)
        assert not service.is_alive()

    def test_its_service_says_that_nobody_is_there(self, channel: Channel, dead: ConnectionInfo) -> None:
        stop, journal = threading.Event(), Listener()
        service = threading.Thread(target=channel.serve, args=(dead, journal, stop), daemon=True)
        service.start()
        deadline = time.monotonic() + 10
        while not journal.troubles and time.monotonic() < deadline:
            time.sleep(0.02)
        stop.set()
        service.join(10.0)
        assert {code for code, _ in journal.troubles} <= set(channel.texts)
        assert journal.troubles

    @bounded
    @given(raw=st.binary(max_size=300) | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()))  # fmt: skip
    def test_whatever_it_reads_it_reads_or_says_why_not(
        self, channel: Channel, dead: ConnectionInfo, raw: bytes
    ) -> None:
        try:
            values = channel.read(raw, dead)
        except Unreadable:
            return
        assert values
        assert all(isinstance(value, Incoming) for value in values)
        # Neither halves of letters nor NULs: the database cannot hold them.
        assert "\x00" not in repr(values).encode("utf-8").decode()

    # Sending

    @bounded
    @given(data=st.data())
    def test_its_plan_carries_every_part_in_order(self, channel: Channel, data: st.DataObject) -> None:
        message = data.draw(messages(channel.capabilities))
        pieces = channel.plan(message)
        positions = dict.fromkeys(position for piece in pieces for position in piece.parts)
        assert list(positions) == [part.position for part in message.parts]
        assert all(piece.parts for piece in pieces)
        assert channel.plan(message) == pieces

    @bounded
    @given(data=st.data())
    def test_its_pieces_survive_a_restart(self, channel: Channel, data: st.DataObject) -> None:
        check_survival(channel.plan(data.draw(messages(channel.capabilities))))

    @bounded
    @given(data=st.data())
    def test_its_plan_names_the_files_it_needs(self, channel: Channel, data: st.DataObject) -> None:
        message = data.draw(messages(channel.capabilities))
        needed = [part.file_id for part in message.parts if part.file_id is not None]
        assert [file for piece in channel.plan(message) for file in piece.files.values()] == needed

    def test_an_empty_text_is_not_lost_silently(self, channel: Channel) -> None:
        assert channel.plan(Outgoing("5", (OutgoingPart(0, "text", ""),)))

    def test_nothing_leaves_for_nobody(self, channel: Channel, dead: ConnectionInfo) -> None:
        left: list[int] = []
        (piece,) = channel.plan(Outgoing("5", (OutgoingPart(0, "text", "hello"),)))
        with pytest.raises(SendError) as caught:
            channel.send(dead, "5", piece, {}, lambda: left.append(1))
        assert caught.value.code in channel.texts
        assert not caught.value.uncertain
        assert left == []

    def test_a_piece_for_a_broken_connection_is_refused_in_words(self, channel: Channel) -> None:
        for nonsense in self.nonsense:
            with pytest.raises(SendError) as caught:
                channel.send(ConnectionInfo(1, nonsense), "5", self._piece(channel), {}, lambda: None)
            assert caught.value.code in channel.texts

    def test_a_ping_of_nobody_fails(self, channel: Channel, dead: ConnectionInfo) -> None:
        with pytest.raises(SendError) as caught:
            channel.ping(dead)
        assert caught.value.code in channel.texts

    def test_a_file_from_nobody_does_not_come(self, channel: Channel, dead: ConnectionInfo) -> None:
        with pytest.raises(SendError) as caught:
            channel.fetch(dead, RemoteFile("some-file"), io.BytesIO())
        assert caught.value.code in channel.texts

    def test_it_can_be_closed_twice(self, channel: Channel) -> None:
        channel.close()
        channel.close()

    @staticmethod
    def _piece(channel: Channel) -> Piece:
        return channel.plan(Outgoing("5", (OutgoingPart(0, "text", "hello"),)))[0]

    @staticmethod
    def connection(settings: Mapping[str, str]) -> ConnectionInfo:
        """A connection as the core would hand it over."""
        return ConnectionInfo(1, settings, Account("1", "Somebody"))
