"""The exit codes of the command line, as the contract has them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a shell gets. Where several codes meet, the highest up to BROKEN is the one."""

    OK = 0
    FAILED = 1
    USAGE = 2
    BROKEN = 3
    INTERRUPTED = 130
