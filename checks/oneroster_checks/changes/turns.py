"""When something turned: between which two runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..when import between_words
from .limits import RUNS_OF_A_HABIT
from .model import Snapshot

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Past:
    """A run that did not work, and those before it.

    `runs` are all of them, the oldest first and the one that is compared last; `worked` are the places of those in
    which it worked, as far as they could have failed as the last one does.
    """

    runs: Sequence[Snapshot]
    worked: Sequence[int]

    @property
    def now(self) -> Snapshot:
        """The run that is compared."""
        return self.runs[-1]

    @property
    def last(self) -> Snapshot:
        """The run that last worked."""
        return self.runs[self.worked[-1]]

    @property
    def habit(self) -> Sequence[Snapshot]:
        """The last runs that worked: what a server showed in any of them is no change."""
        return [self.runs[at] for at in self.worked[-RUNS_OF_A_HABIT:]]

    def since(self, shows: Callable[[Snapshot], bool]) -> Sequence[Snapshot]:
        """The runs from the last that worked and shows something, which the one before may not; empty for none."""
        first = next((at for at in reversed(self.worked) if shows(self.runs[at])), len(self.runs))
        return self.runs[first:]

    def only(self, wanted: Callable[[Snapshot], bool]) -> Past:
        """The same with some of the runs, the last among them."""
        kept = [at for at, run in enumerate(self.runs) if wanted(run)]
        place = {at: now for now, at in enumerate(kept)}
        return Past([self.runs[at] for at in kept], [place[at] for at in self.worked if at in place])


@dataclass(frozen=True, slots=True)
class Turn:
    """The last run that was as before, and the first of those that, up to now and without a break, were not."""

    before: Snapshot
    first: Snapshot

    @property
    def words(self) -> str:
        """When it was, as "between November 3 and November 5, 2026"."""
        return between_words(self.before.started, self.first.started)


@dataclass(frozen=True, slots=True)
class Move(Generic[Value]):
    """A value that is another than when it worked: what it was, what it is, when it left and when it came to be so."""

    was: Value
    now: Value
    left: Turn
    came: Turn

    @property
    def words(self) -> str:
        """When it was: once, or "…, and again …" where the first other value is not the one of now."""
        if self.left == self.came:
            return self.left.words
        return f"{self.left.words}, and again {self.came.words}"


def turn(runs: Sequence[Snapshot], is_so: Callable[[Snapshot], bool | None]) -> Turn | None:
    """When something became so that is so in the last of the runs; `is_so` gives None where a run does not show it.

    None where it is not so now, the first of the runs does not show that it was not so then, or there is no run.
    """
    if not runs or is_so(runs[0]) is not False:
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


def move(past: Past, value_of: Callable[[Snapshot], Value | None]) -> Move[Value] | None:
    """How a value moved since it last worked and showed one; None where a run has none now, or it is the same."""
    runs = past.since(lambda run: value_of(run) is not None)
    was, now = (value_of(runs[0]), value_of(runs[-1])) if runs else (None, None)
    if was is None or now is None:
        return None

    def is_other(run: Snapshot) -> bool | None:
        value = value_of(run)
        return None if value is None else value != was

    def is_as_now(run: Snapshot) -> bool | None:
        value = value_of(run)
        return None if value is None else value == now

    left, came = turn(runs, is_other), turn(runs, is_as_now)
    return Move(was, now, left, came) if left and came else None
