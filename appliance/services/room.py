"""Whether there is room for something large: before all else the disk has to take what people write.

Below the reserve large files wait where they are, and so do films that have to be prepared; small files and words still
come in.
"""

from __future__ import annotations

import errno

from appliance.services import blobs, settings

# What still comes in below the reserve.
SMALL = 5 << 20
# Its own copy, what is made of it, and what is in the making meanwhile.
COPIES = 3
# With less, whatever fails is likely to have failed for want of room.
TIGHT = 16 << 20
# How a file that waits says why, and for how long it does before it looks again.
CODE = "disk_full"
WAIT_SECONDS = 60.0
_REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


def reserve() -> int:
    """Bytes that large files leave free."""
    return settings.get_number("disk_reserve_mb") << 20


def has_for(size: int | None) -> bool:
    """Whether a file of so many bytes may come now; one of unknown size may be large."""
    if size is not None and size <= SMALL:
        return True
    return blobs.room() >= max(reserve(), COPIES * (size or 0))


def is_tight(size: int) -> bool:
    """Whether work on a file of this size may have failed for want of room."""
    return blobs.room() < max(TIGHT, COPIES * size)


def was_refused(error: OSError) -> bool:
    """Whether it is the disk's own refusal to take more."""
    return error.errno in _REFUSALS
