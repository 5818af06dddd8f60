"""Which of the two servers it plays: the public one, or an own one started with --local."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC_UPLOAD = 50 << 20
PUBLIC_DOWNLOAD = 20 << 20
LOCAL_UPLOAD = 2000 << 20
FORM = 1 << 20  # what a form adds around its file


@dataclass(slots=True)
class Mode:
    """`local`: files of any size, handed out as paths of this machine instead of over HTTP."""

    local: bool = False

    @property
    def largest_upload(self) -> int:
        return LOCAL_UPLOAD if self.local else PUBLIC_UPLOAD

    @property
    def largest_request(self) -> int:
        return self.largest_upload + FORM

    def may_fetch(self, size: int) -> bool:
        return self.local or size <= PUBLIC_DOWNLOAD
