"""Starts a program that is refused what its user may not do, also where the tests run as root."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# linux/prctl.h and linux/capability.h: without these two, root may open only what its owner may.
_PR_CAPBSET_DROP = 24
_MAY_READ_AND_WRITE_ANYTHING, _MAY_READ_ANYTHING = 1, 2

_DROPPING = f"""
import ctypes, os, sys
if not os.getuid():
    library = ctypes.CDLL(None)
    for capability in ({_MAY_READ_AND_WRITE_ANYTHING}, {_MAY_READ_ANYTHING}):
        assert library.prctl({_PR_CAPBSET_DROP}, capability, 0, 0, 0) == 0
os.execv(sys.argv[1], sys.argv[1:])
"""


def without_privileges(command: Sequence[str]) -> list[str]:
    """The command line that starts a program for which the permissions of files hold."""
    return [sys.executable, "-c", _DROPPING, *command]


def is_held_to_permissions() -> bool:
    """Whether the permissions of files hold for this very process."""
    return bool(os.getuid())
