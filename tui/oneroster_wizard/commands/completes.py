"""What the value of an argument names, for the completion of a shell. It loads nothing: every command marks its own."""

from __future__ import annotations

import argparse
from enum import StrEnum

# The attribute of an action that holds its mark.
_MARK = "names"


class Named(StrEnum):
    """What a value names."""

    PROFILE = "profiles"
    TAG = "tags"
    CAUSE = "causes"
    PROBLEM = "problems"
    PROVIDER = "providers"
    FILE = "files"


def completes(action: argparse.Action, named: Named) -> None:
    """Let the shell complete the value of an argument."""
    vars(action)[_MARK] = named


def named_by(action: argparse.Action) -> Named | None:
    """What the value of an argument names, None where nobody said."""
    found = vars(action).get(_MARK)
    return found if isinstance(found, Named) else None
