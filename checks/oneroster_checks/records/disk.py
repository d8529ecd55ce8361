"""What the disk of this computer does to the records that are kept on it for the time of a run."""

from __future__ import annotations

import errno
from enum import StrEnum

# The codes of SQLite, without what it adds to them: SQLITE_FULL, and those of files that take or give nothing, which
# are SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN and SQLITE_NOTADB.
_SQLITE_FULL = 13
_SQLITE_OF_FILES = frozenset({8, 10, 11, 14, 26})
_PRIMARY = 0xFF


class DiskFault(StrEnum):
    """What is wrong with the disk of this computer, where the records are kept for the time of a run."""

    FULL = "full"
    NOT_WRITABLE = "not writable"


class DiskFailed(Exception):
    """The disk of this computer did not keep the records, which says nothing about the server. `fault` says why."""

    def __init__(self, fault: DiskFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def disk_fault(error: Exception) -> DiskFault | None:
    """What an error of SQLite or of a file says about the disk of this computer; None for any other error."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        code &= _PRIMARY
        other = DiskFault.NOT_WRITABLE if code in _SQLITE_OF_FILES else None
        return DiskFault.FULL if code == _SQLITE_FULL else other
    has_no_room = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return DiskFault.FULL if has_no_room else None
