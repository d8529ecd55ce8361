"""The practice district: a real OneRoster server on this computer that can be broken on purpose.

Importing this package costs almost nothing: the district is loaded when it is first asked for, and the web
server behind it when a district starts. So a command line can name the sizes and list the problems.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .sizes import SIZES

if TYPE_CHECKING:
    from oneroster_checks.connection import Share

    from .district import PracticeDistrict, PracticeError
    from .fault import Problem
    from .faults import problems, problems_alone
    from .pair import PracticePair

__all__ = [
    "DEMO_SHARE",
    "SIZES",
    "PracticeDistrict",
    "PracticeError",
    "PracticePair",
    "Problem",
    "problems",
    "problems_alone",
]

# What the district shares in a demonstration: enough to settle every row of the checklist.
DEMO_SHARE: tuple[Share, ...] = ("rostering", "demographics", "gradebook")

_MODULES = {
    "PracticeDistrict": "district",
    "PracticeError": "district",
    "PracticePair": "pair",
    "Problem": "fault",
    "problems": "faults",
    "problems_alone": "faults",
}

if not TYPE_CHECKING:
    # Hidden from type checkers, which would otherwise take any name for one of this package.
    def __getattr__(name: str) -> object:
        """Load what is first used; AttributeError for a name that this package does not have."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
