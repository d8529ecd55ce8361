"""When something turned: between which two runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..when import between_words
from .model import Snapshot


@dataclass(frozen=True, slots=True)
class Turn:
    """The last run that was as before, and the first of those that, up to now and without a break, were not."""

    before: Snapshot
    first: Snapshot

    @property
    def words(self) -> str:
        """When it was, as "between November 3 and November 5, 2026"."""
        return between_words(self.before.started, self.first.started)


def turn(runs: Sequence[Snapshot], is_so: Callable[[Snapshot], bool | None]) -> Turn | None:
    """When something became so that is so in the last of the runs; `is_so` gives None where a run does not show it.

    None where it is not so now, or the first of the runs does not show that it was not so then.
    """
    if is_so(runs[0]) is not False:
        return None
    first: Snapshot | None = None
    for run in reversed(runs):
        so = is_so(run)
        if so is None:
            continue
        if not so:
            return Turn(run, first) if first else None
        first = run
    return None
