"""What an import would do, in words, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..limits import NAMED_PROFILES
from ..storage.profiles import Profile
from .candidate import ReadFile
from .plan import Plan

# What was corrected in a file, or is saved as it is, is told so often; what is wrong, each time.
_LISTED_NOTES = 50


def foretold(read: ReadFile, plan: Plan) -> Iterator[str]:
    """The lines that say what an import would do, and what was corrected; what is wrong is in the plan."""
    counts = [
        (len(plan.new), "new"),
        (len(plan.changed), "would change"),
        (len(plan.same), "unchanged"),
        (plan.lines_in_trouble, "to correct"),
    ]
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    places = {each.place.number for each in read.candidates} | {each.place.number for each in read.troubles}
    yield f"{profiles_words(len(places))}: {told}."
    if plan.with_secrets:
        yield f"{profiles_words(plan.with_secrets)} with secrets, which go to this computer's keyring."
    if read.unused:
        columns = "Column" if len(read.unused) == 1 else "Columns"
        yield f"{columns} {', '.join(read.unused)}: not used, the title matches no field."
    if read.like_secrets:
        columns = "Column" if len(read.like_secrets) == 1 else "Columns"
        letters = ", ".join(read.like_secrets)
        yield f"{columns} {letters}: may hold secrets. Correct the title, such as “Client secret”, or remove it."
    if plan.changed:
        yield f"Would change: {_names(each.profile for each in plan.changed)}."
    plain = [each.profile for each in plan.every if each.profile.connection.allow_plain_http]
    if plain:
        yield f"{profiles_words(len(plain))} may send credentials over plain HTTP, which others can read."
    notes = [*plan.notes, *read.notes]
    yield from (note.text for note in notes[:_LISTED_NOTES])
    left = len(notes) - _LISTED_NOTES
    if left > 0:
        yield f"… and {left:,} more remarks."


def some_names(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    told = ", ".join(f"“{name}”" for name in names[:NAMED_PROFILES])
    more = len(names) - NAMED_PROFILES
    return f"{told} and {more:,} more" if more > 0 else told


def profiles_words(count: int) -> str:
    """So many profiles, in words."""
    return "1 profile" if count == 1 else f"{count:,} profiles"


def _names(profiles: Iterable[Profile]) -> str:
    return ", ".join(f"“{profile.name}”" for profile in profiles)
