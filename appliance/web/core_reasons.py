"""Reasons of the core's own for a message that did not leave."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.language import mark
from appliance.values import ErrorText

CORE_REASONS: Mapping[str, ErrorText] = {
    "interrupted": ErrorText(
        mark("The box was stopped while it was sending."), mark("Ask the customer, or look in the chat itself.")
    ),
    "file_gone": ErrorText(mark("A file of this message is no longer there."), mark("Attach it again.")),
    "channel_failed": ErrorText(
        mark("The channel's plugin failed while sending."), mark("The status page tells more.")
    ),
}
