"""No copy of this process's memory, which holds secrets, is left behind when it crashes."""

from __future__ import annotations

import sys
from contextlib import suppress

from .stopping import installed

# From <linux/prctl.h>.
_PR_SET_DUMPABLE = 4


def no_core_file() -> None:
    """Let a crash write no core file; nothing happens where the system has no such limit."""
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def no_memory_for_others() -> None:
    """Call it before secrets come into memory: on Linux no crash handler gets a dump, and no debugger a look.

    A program that a crash is piped to is not held by the limit of the core file. Other processes of the same user
    cannot read the memory and the environment any more either. A process that is not this program's own, but only
    imports it, stays as it is.
    """
    if sys.platform == "linux" and installed():
        # Where there is no libc to be called, the limit above has to do.
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
