"""Which of the runs before could have ended as one does, and since when it is so among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from ..finding import Status
from .model import Snapshot

# A run, and whether it says something of what is asked.
Says = Callable[[Snapshot], bool]


def naming(run: Snapshot) -> frozenset[str]:
    """The checks of a run that name its root cause."""
    return frozenset(
        check for check, state in run.findings.items() if state.cause and state.cause == run.cause
    )


def has_the_checks_of(run: Snapshot) -> Says:
    """Whether another run could have ended as this one: a check of full runs, or of one consumer, is not in each."""
    checks = naming(run)
    full, special = _not_in_every_run()
    if not checks or not checks <= full | special:
        return _every
    if checks <= special:
        return lambda other: not checks.isdisjoint(other.findings)
    return lambda other: other.full


def is_partly_shown(run: Snapshot) -> bool:
    """Whether only some of the runs could have ended as this one."""
    return has_the_checks_of(run) is not _every


def since(before: Sequence[Snapshot], now: Snapshot) -> datetime:
    """When the first of the runs began that, up to this one, all worked or all did not."""
    if not now.worked:
        return _fails_since(before, now)
    # How a run failed that looked at more than this one says nothing of this one.
    shown = [run for run in before if run.worked or has_the_checks_of(run)(now)]
    return _first(shown, now, lambda run: run.worked)


def _fails_since(before: Sequence[Snapshot], now: Snapshot) -> datetime:
    first, could_fail = now, has_the_checks_of(now)
    worked: list[Snapshot] = []
    for run in reversed(before):
        if _says_nothing(run, now):
            continue
        if run.worked:
            if could_fail(run):
                break
            worked.append(run)
        # A failure that a later run saw end is another one.
        elif not any(map(has_the_checks_of(run), worked)):
            first = run
    return first.started


def cause_since(before: Sequence[Snapshot], now: Snapshot) -> datetime:
    """When the first of the runs began that, up to this one, all ended alike by the same cause."""
    shown = [*filter(has_the_checks_of(now), before)]
    if now.worked:
        shown = [run for run in shown if run.worked or has_the_checks_of(run)(now)]
    return _first(shown, now, lambda run: (run.status, run.cause) == (now.status, now.cause))


def _first(before: Sequence[Snapshot], now: Snapshot, is_so: Says) -> datetime:
    stretch = [now]
    for run in reversed(before):
        if _says_nothing(run, now):
            continue
        if not is_so(run):
            if now.worked and not run.worked:
                # That it works again is shown by the first run that looks at what failed.
                shows = has_the_checks_of(run)
                stretch = [each for each in stretch if each is now or shows(each)]
            break
        stretch.append(run)
    return stretch[-1].started


def _says_nothing(run: Snapshot, now: Snapshot) -> bool:
    """Whether a run could not even begin, while this one could."""
    return run.status is Status.ERROR and now.status is not Status.ERROR


def _every(run: Snapshot) -> bool:
    return True


@cache
def _not_in_every_run() -> tuple[frozenset[str], frozenset[str]]:
    """The checks of full runs, and those of runs with an option or for a consumer."""
    from ..diagnosis.plan import every_check
    from ..stages.model import Depth

    special = frozenset(check.id for check in every_check() if check.option or check.consumer)
    full = frozenset(check.id for check in every_check() if check.depth is Depth.FULL)
    return full - special, special
