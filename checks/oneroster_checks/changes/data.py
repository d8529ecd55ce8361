"""The findings that turned, and the counts that moved, since the connection worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..finding import Status
from ..labels import PARTS, capitalized
from .limits import MOVED
from .model import DifferenceKind, Snapshot
from .seen import Seen
from .turns import turn

_WORKS = (Status.PASS, Status.WARN)
_FAILS = (Status.FAIL, Status.ERROR)


def turned_findings(runs: Sequence[Snapshot], explained: Sequence[str]) -> Iterator[Seen]:
    """The checks that passed or warned in the first of the runs and fail in the last, but for the causes `explained`.

    Of checks that name the same cause the first is told.
    """
    told = set(explained)
    for check, state in runs[-1].findings.items():
        if state.status not in _FAILS or state.cause in told:
            continue
        found = turn(runs, partial(_fails, check))
        if found is not None:
            told |= {state.cause} if state.cause else set()
            yield Seen(DifferenceKind.FINDING, f"“{state.title}” began to fail {found.words}.", check)


def _fails(check: str, run: Snapshot) -> bool | None:
    state = run.findings.get(check)
    if state is None or state.status not in (*_WORKS, *_FAILS):
        return None
    return state.status in _FAILS


def moved_counts(runs: Sequence[Snapshot]) -> Iterator[Seen]:
    """The counts that fell or rose by more than a tenth; `runs` are of one depth, the first worked."""
    then, now = runs[0].counts, runs[-1].counts
    for name, number in now.items():
        if name not in then or not _moved(then[name], number):
            continue
        rose = number > then[name]
        found = turn(runs, partial(_is_off, name, then[name], rose))
        if found is None:
            continue
        was, became = found.before.counts[name], found.first.counts[name]
        later = "" if became == number else f", and the count is {number:,} now"
        verb = "rose" if rose else "fell"
        summary = (
            f"{capitalized(PARTS.get(name, name))} {verb} from {was:,} to {became:,} {found.words}{later}."
        )
        yield Seen(DifferenceKind.COUNT, summary, name, lost=not number)


def _is_off(name: str, then: int, rose: bool, run: Snapshot) -> bool | None:
    """Whether a count is off in this direction, None where it is not known."""
    number = run.counts.get(name)
    return None if number is None else _moved(then, number) and (number > then) == rose


def _moved(then: int, number: int) -> bool:
    return abs(number - then) > MOVED * then
