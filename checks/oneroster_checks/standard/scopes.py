"""The scopes of OneRoster: which belong to a part, which a token needs for it, and which are enough."""

from __future__ import annotations

from ..connection import OneRosterVersion, Share
from .operations import SCOPE_PREFIX, Operation, operations

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
# The families of scopes that belong to a part: what a scope's name has before its dot.
_FAMILIES: dict[Share, tuple[str, ...]] = {
    "rostering": ("roster", "roster-core"),
    "demographics": ("roster-demographics",),
    "gradebook": ("gradebook", "gradebook-core"),
    "assessments": ("assessment",),
    "resources": ("resource", "resource-core"),
}


def all_scopes(version: OneRosterVersion) -> frozenset[str]:
    """Every scope of a version by its short name, such as `roster-core.readonly`."""
    return frozenset(scope for operation in operations(version) for scope in operation.scopes)


def scopes_of_part(version: OneRosterVersion, part: Share) -> frozenset[str]:
    """Every scope that belongs to a part, to read and to write, by its short name."""
    return frozenset(scope for scope in all_scopes(version) if scope.partition(".")[0] in _FAMILIES[part])


def write_scopes(version: OneRosterVersion) -> tuple[str, ...]:
    """The scopes to write grades, by their short names: to create and replace, and to delete."""
    writing = (each for each in operations(version) if each.method != "GET" and each.service == "gradebook")
    scopes = (scope for each in writing for scope in each.scopes if scope.startswith("gradebook."))
    return tuple(sorted(set(scopes)))


def part_of(operation: Operation) -> Share:
    """The part of the data that an operation reads or writes, by the scopes of the table."""
    family = operation.scopes[0].partition(".")[0]
    return next(part for part, families in _FAMILIES.items() if family in families)


def sufficient_scopes(operation: Operation) -> frozenset[str]:
    """The scopes of which any lets an operation be used, by their short names.

    They are those of the table, and where it names the core of a service, the one for the whole service.
    """
    return frozenset(operation.scopes) | {scope.replace("-core.", ".") for scope in operation.scopes}


def scope_for(version: OneRosterVersion, share: tuple[Share, ...]) -> str:
    """The scope parameter that asks for all of these parts: full scope names, joined by spaces."""
    names = [name for part in share for name in _NEEDED[part][version]]
    return " ".join(SCOPE_PREFIX[version] + name for name in names)


def other_version(version: OneRosterVersion) -> OneRosterVersion:
    """The other OneRoster version."""
    return "1.1" if version == "1.2" else "1.2"


def scope_tries(version: OneRosterVersion, share: tuple[Share, ...]) -> tuple[str, ...]:
    """Scope parameters to try where nobody named one, each once, in the order in which they are likely to be granted.

    The core that only reads comes first, since a client may have no more; then the other scopes of its part, all
    together, those of the other version, the core by its short name, and what is left one at a time.
    """
    parts = share or ("rostering",)
    singles = [SCOPE_PREFIX[version] + name for part in parts for name in reversed(_NEEDED[part][version])]
    own = len(_NEEDED[parts[0]][version])
    other = other_version(version)
    theirs = [SCOPE_PREFIX[other] + name for name in reversed(_NEEDED[parts[0]][other])]
    tries = [
        *singles[:own],
        scope_for(version, parts),
        *theirs,
        scope_for(other, parts),
        *(name.rpartition("/")[2] for name in singles[:1]),
        *singles[own:],
    ]
    return tuple(scope for scope in dict.fromkeys(tries) if scope)


def short_scope(scope: str) -> str:
    """The last part of a scope's name, which is all that differs between the scopes of a version."""
    return scope.rstrip("/").rpartition("/")[2]


def described(scope: str) -> str:
    """A scope parameter in a few words: its short names, and the version where they name one."""
    names = " ".join(map(short_scope, scope.split()))
    version = ", ".join(sorted(versions_of(scope)))
    return f"{names} of OneRoster {version}" if version else names


def covers_all(scope: str, version: OneRosterVersion, share: tuple[Share, ...]) -> bool:
    """Whether a scope parameter names what every expected part needs."""
    return all(scope_covers(scope, part) for part in share if _NEEDED[part][version])


def versions_of(granted: str) -> frozenset[OneRosterVersion]:
    """The OneRoster versions that the scopes of a token name by their prefix, none for short names."""
    return frozenset(
        version
        for version, prefix in SCOPE_PREFIX.items()
        if any(scope.startswith(prefix) for scope in granted.split())
    )


def scope_covers(granted: str, part: Share) -> bool:
    """Whether a granted scope lets this part be read.

    Only the last word of each scope counts, so both versions' prefixes and short names are understood; a
    scope that names nothing of OneRoster says nothing and covers everything.
    """
    names = [short_scope(scope).lower() for scope in granted.split()]
    known = [name for name in names if _is_roster_scope(name)]
    return not known or any(name in _readable(part) for name in known)


def needed_scope(version: OneRosterVersion, part: Share) -> str:
    """The scope that a part needs, in full, for a person to read."""
    names = _NEEDED[part][version]
    return SCOPE_PREFIX[version] + names[0] if names else ""


def _readable(part: Share) -> frozenset[str]:
    """The scopes of which any lets a part be read."""
    return frozenset(f"{family}.readonly" for family in _FAMILIES[part])


def _is_roster_scope(name: str) -> bool:
    return name.partition(".")[0].partition("-")[0] in ("roster", "gradebook", "assessment", "resource")


# What a client needs to write to the grade book, beside reading it.
_WRITING = ("gradebook.createput", "gradebook.delete")


def scope_to_write(version: OneRosterVersion, has: str, share: tuple[Share, ...]) -> str:
    """The scope parameter that asks for what a token has (`has`, "" for nothing known) and for writing grades too.

    "" where the token has the scopes for it already. Short names stay short.
    """
    names = has.split() or scope_for(version, share).split()
    present = {short_scope(name).lower() for name in names}
    missing = [name for name in _WRITING if name not in present]
    prefix = SCOPE_PREFIX[version] if not has or versions_of(has) else ""
    return " ".join([*names, *(prefix + name for name in missing)]) if missing else ""


def names_oneroster(scope: str) -> bool:
    """Whether a scope parameter names a scope of OneRoster, in full or by its short name."""
    return any(_is_roster_scope(short_scope(name).lower()) for name in scope.split())
