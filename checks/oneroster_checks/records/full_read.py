"""What a full read leaves for the checks behind it: the judge with every record, and how each collection went."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..result import CollectionRead

if TYPE_CHECKING:
    from .judge import Judge


# SQLITE_FULL, without what SQLite adds to it.
_SQLITE_FULL = 13
_PRIMARY = 0xFF


def is_disk_full(error: Exception) -> bool:
    """Whether the disk of this computer had no more room for the records."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & _PRIMARY == _SQLITE_FULL
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


@dataclass(slots=True)
class FullRead:
    """The full read of one run: the `judge`, which holds every record, and `reads` by the name of the collection."""

    judge: Judge
    reads: dict[str, CollectionRead] = field(default_factory=dict)

    def has_all_of(self, *collections: str) -> bool:
        """Whether all of these collections were read to their end."""
        return all(name in self.reads and self.reads[name].complete for name in collections)
