"""The scopes that a token needs for what a connection shares."""

from __future__ import annotations

from ..connection import OneRosterVersion, Share
from .operations import SCOPE_PREFIX

_NEEDED: dict[Share, dict[OneRosterVersion, tuple[str, ...]]] = {
    "rostering": {
        "1.1": ("roster.readonly", "roster-core.readonly"),
        "1.2": ("roster.readonly", "roster-core.readonly"),
    },
    "demographics": {"1.1": ("roster-demographics.readonly",), "1.2": ("roster-demographics.readonly",)},
    "gradebook": {"1.1": ("gradebook.readonly",), "1.2": ("gradebook.readonly",)},
    "assessments": {"1.1": (), "1.2": ("assessment.readonly",)},
    "resources": {"1.1": ("resource.readonly",), "1.2": ("resource.readonly",)},
}
# The scopes of which any lets a part be read, by the operations table.
_ENOUGH: dict[Share, tuple[str, ...]] = {
    "rostering": ("roster.readonly", "roster-core.readonly"),
    "demographics": ("roster-demographics.readonly",),
    "gradebook": ("gradebook.readonly", "gradebook-core.readonly"),
    "assessments": ("assessment.readonly",),
    "resources": ("resource.readonly", "resource-core.readonly"),
}


def scope_for(version: OneRosterVersion, share: tuple[Share, ...]) -> str:
    """The scope parameter that asks for all of these parts: full scope names, joined by spaces."""
    names = [name for part in share for name in _NEEDED[part][version]]
    return " ".join(SCOPE_PREFIX[version] + name for name in names)


def scope_covers(granted: str, part: Share) -> bool:
    """Whether a granted scope lets this part be read.

    Only the last word of each scope counts, so both versions' prefixes and short names are understood; a
    scope that names nothing of OneRoster says nothing and covers everything.
    """
    names = [scope.rstrip("/").rpartition("/")[2].lower() for scope in granted.split()]
    known = [name for name in names if _is_roster_scope(name)]
    return not known or any(name in _ENOUGH[part] for name in known)


def needed_scope(version: OneRosterVersion, part: Share) -> str:
    """The scope that a part needs, in full, for a person to read."""
    names = _NEEDED[part][version]
    return SCOPE_PREFIX[version] + names[0] if names else ""


def _is_roster_scope(name: str) -> bool:
    return name.partition(".")[0].partition("-")[0] in ("roster", "gradebook", "assessment", "resource")
