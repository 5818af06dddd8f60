"""The contract's second half: changing and taking away what was sent, and what is said without a message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import (
    Account,
    Channel,
    Chat,
    ConnectionInfo,
    IncomingButton,
    OutgoingPart,
    Person,
    Piece,
    Pushed,
    Reference,
    Refused,
    Revision,
    SendError,
)
from tests.contract.checks import bounded, check_survival, reason_against
from tests.contract.outgoing import revisions


class ChangesContract:
    @bounded
    @given(data=st.data())
    def test_it_plans_an_edit_or_says_why_not(self, channel: Channel, data: st.DataObject) -> None:
        revision, able = data.draw(revisions(channel.capabilities)), channel.capabilities.edit
        if reason := reason_against(lambda: channel.plan_edit(revision)):
            assert reason in channel.texts or not able
            return
        assert able
        pieces = channel.plan_edit(revision)
        assert channel.plan_edit(revision) == pieces
        assert {position for piece in pieces for position in piece.parts} <= {part.position for part in revision.parts}
        assert not any(piece.files for piece in pieces)
        check_survival(pieces)

    @bounded
    @given(count=st.integers(1, 250))
    def test_it_plans_a_deletion_or_says_why_not(self, channel: Channel, count: int) -> None:
        sent, able = [Reference("5", str(100 + number)) for number in range(count)], channel.capabilities.delete
        if reason := reason_against(lambda: channel.plan_delete("5", sent)):
            assert reason in channel.texts or not able
            return
        assert able
        pieces = channel.plan_delete("5", sent)
        assert pieces
        check_survival(pieces)

    def test_a_change_for_nobody_is_never_uncertain(self, channel: Channel, dead: ConnectionInfo) -> None:
        """What can be repeated needs no person's decision."""
        for piece in self._changes(channel):
            with pytest.raises(SendError) as caught:
                channel.send(dead, "5", piece, {}, lambda: None)
            assert caught.value.code in channel.texts
            assert not caught.value.uncertain

    def test_its_limits_are_of_its_kinds(self, channel: Channel, dead: ConnectionInfo) -> None:
        able, usual = channel.limits(dead), channel.capabilities
        assert (able.kinds_in, able.kinds_out, able.pace) == (usual.kinds_in, usual.kinds_out, usual.pace)

    def test_gestures_to_nobody_fail_in_words(self, channel: Channel, dead: ConnectionInfo) -> None:
        at = datetime.now(UTC)
        press = IncomingButton(Chat("5"), Person("5", "Anna"), Reference("5", "101"), at, "answer:0", "press-1")
        reasons = (
            reason_against(lambda: channel.show_typing(dead, "5")),
            reason_against(lambda: channel.answer_press(dead, press)),
            reason_against(lambda: channel.leave(dead, "-5")),
        )
        assert set(filter(None, reasons)) <= set(channel.texts)

    def test_an_invitation_leads_where_its_account_is(self, channel: Channel) -> None:
        account = Account("1", "Somebody", link="https://example.org/somebody")
        assert channel.invite(account, "till-3_A").startswith(account.link)
        assert channel.invite(account, "") == account.link
        assert channel.invite(Account("1", "Somebody"), "till-3_A") == ""

    def test_what_anybody_may_push_is_refused(self, channel: Channel, dead: ConnectionInfo) -> None:
        with pytest.raises(Refused):
            channel.receive(dead, Pushed(b'{"update_id": 1}', {"content-type": "application/json"}))

    @staticmethod
    def _changes(channel: Channel) -> tuple[Piece, ...]:
        """The sends that change a short text and take it away, as far as the channel can."""
        sent, able = Reference("5", "101"), channel.capabilities
        edit = channel.plan_edit(Revision("5", (OutgoingPart(0, "text", "new"),), ((0, sent),))) if able.edit else ()
        return (*edit, *(channel.plan_delete("5", [sent]) if able.delete else ()))
