"""The findings that turned, and the counts that moved, since the connection worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..finding import Status
from ..labels import PARTS, capitalized
from .limits import MOVED
from .model import DifferenceKind, Snapshot
from .seen import Seen
from .turns import Past, turn

_WORKS = (Status.PASS, Status.WARN)
_FAILS = (Status.FAIL, Status.ERROR)


def turned_findings(past: Past, explained: Sequence[str]) -> Iterator[Seen]:
    """The checks that fail, and passed or warned when it last worked, but for the causes `explained`.

    Of checks that name the same cause the first is told.
    """
    told = set(explained)
    for check, state in past.now.findings.items():
        if state.status not in _FAILS or state.cause in told:
            continue
        found = turn(past.since(partial(_shows, check)), partial(_fails, check))
        if found is not None:
            told |= {state.cause} if state.cause else set()
            summary = f"“{state.title}” began to fail {found.words}."
            yield Seen(DifferenceKind.FINDING, summary, check, after=found.before)


def _shows(check: str, run: Snapshot) -> bool:
    return _fails(check, run) is not None


def _fails(check: str, run: Snapshot) -> bool | None:
    state = run.findings.get(check)
    if state is None or state.status not in (*_WORKS, *_FAILS):
        return None
    return state.status in _FAILS


def moved_counts(past: Past) -> Iterator[Seen]:
    """The counts that fell or rose by more than a tenth; all runs are of one depth."""
    for name, number in past.now.counts.items():
        runs = past.since(partial(_has, name))
        if not runs or not _moved(runs[0].counts[name], number):
            continue
        # What it was in a run that failed is no measure.
        was = runs[0].counts[name]
        rose = number > was
        found = turn(runs, partial(_is_off, name, was, rose))
        if found is None:
            continue
        became = found.first.counts[name]
        later = "" if became == number else f", and the count is {number:,} now"
        verb = "rose" if rose else "fell"
        summary = (
            f"{capitalized(PARTS.get(name, name))} {verb} from {was:,} to {became:,} {found.words}{later}."
        )
        yield Seen(DifferenceKind.COUNT, summary, name, lost=not number, after=found.before)


def _has(name: str, run: Snapshot) -> bool:
    return name in run.counts


def _is_off(name: str, then: int, rose: bool, run: Snapshot) -> bool | None:
    """Whether a count is off in this direction, None where it is not known."""
    number = run.counts.get(name)
    return None if number is None else _moved(then, number) and (number > then) == rose


def _moved(then: int, number: int) -> bool:
    return abs(number - then) > MOVED * then
