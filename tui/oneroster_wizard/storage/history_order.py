"""The order of a profile's runs, and which of them are let go: also where a clock was wrong for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..limits import HISTORY_MOST, HISTORY_RUNS, HISTORY_SURE_S

# Earlier than any moment that is kept.
NO_TIME = -(2**62)
_SURE = timedelta(seconds=HISTORY_SURE_S) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Dated:
    """A run as its place depends on it: a number that is greater the later it was kept, its start, whether it worked.

    Moments are in microseconds since 1970, here and below. `status` and `cause` are how it ended.
    """

    number: int
    started: int
    worked: bool
    status: str = ""
    cause: str | None = None


def in_order(runs: Iterable[Dated], latest: int) -> list[Dated]:
    """Runs of a profile as they are shown, the oldest first.

    One that began later than `latest`, which is now, was dated by a clock that was wrong, or now's is. Where a run
    before it was dated well, it is the one that is wrong and is left out; otherwise it is before all that are not.
    """
    return [run for run, is_shown in _placed(runs, latest) if is_shown]


def comes_before(run: Dated, moment: int, latest: int) -> bool:
    """Whether a run that is shown comes before another one, which began at `moment`."""
    return run.started < moment or moment <= latest < run.started


def too_many(runs: Iterable[Dated], latest: int) -> list[Dated]:
    """The runs that are let go since there are too many: the oldest, but for the last that worked and the one after."""
    placed = _placed(runs, latest)
    if len(placed) <= HISTORY_RUNS:
        return []
    told = [run for run, is_shown in placed if is_shown]
    worked = next((at for at in reversed(range(len(told))) if told[at].worked), None)
    stay = told[worked : worked + HISTORY_MOST - HISTORY_RUNS] if worked is not None else []
    return [run for run, _ in placed[:-HISTORY_RUNS] if run not in stay]


def too_old(runs: Sequence[Dated], oldest: int) -> list[Dated]:
    """The runs that began before `oldest`; none where only runs of one day are newer, whose clock may be wrong."""
    newer = [run.started for run in runs if run.started >= oldest]
    is_sure = len(newer) > 1 and max(newer) - min(newer) >= _SURE
    return [run for run in runs if run.started < oldest] if is_sure else []


def _placed(runs: Iterable[Dated], latest: int) -> list[tuple[Dated, bool]]:
    """Every run with whether it is shown, the oldest first: one that is dated wrong is where it was kept."""
    newest = NO_TIME
    found: list[tuple[int, Dated, bool]] = []
    for run in sorted(runs, key=lambda each: each.number):
        if run.started <= latest:
            newest = max(newest, run.started)
            found.append((run.started, run, True))
        else:
            found.append((newest, run, newest == NO_TIME))
    found.sort(key=lambda each: (each[0], each[1].number))
    return [(run, is_shown) for _, run, is_shown in found]
