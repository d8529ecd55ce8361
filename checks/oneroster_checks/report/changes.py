"""The lines about other days: when a connection last worked, what changed since then, and what ends soon."""

from __future__ import annotations

from ..changes.endings import for_district, forewarnings
from ..changes.model import DifferenceKind
from ..finding import Status
from ..result import Result
from ..when import moment_words, weekday_words

DIFFERENCES = "What changed since then, the likeliest reason first"
ENDINGS = "What ends soon"
# What the vendor's engineer changed is nothing that the district has to know.
_OWN = (DifferenceKind.FIELD, DifferenceKind.SECRET)
# A finding that turned is told as what was found.
_NOT_FOR_DISTRICT = (*_OWN, DifferenceKind.FINDING)


def last_worked(result: Result) -> str:
    """When the connection last worked, or since when it has, in a line; "" where no earlier run is known."""
    changed = result.changed
    if changed is None:
        return ""
    since = moment_words(changed.since) if changed.since else ""
    if result.verdict.status in (Status.PASS, Status.WARN):
        return f"Working since: {since}." if since else ""
    if changed.last_worked:
        last = moment_words(changed.last_worked)
        worked = f"{last}, in a run with this check" if changed.partly else last
    elif changed.partly:
        worked = "in none of the runs with this check that are kept"
    else:
        worked = "in none of the runs that are kept"
    first = f" First run that did not work: {since}." if since else ""
    return f"Last worked: {worked}.{first}"


def differences(result: Result) -> tuple[str, ...]:
    """What changed since the connection last worked, a sentence each, the likeliest reason first."""
    return tuple(each.summary for each in result.changed.differences) if result.changed else ()


def ending_soon(result: Result) -> tuple[str, ...]:
    """What ends soon and no finding tells of, a sentence each."""
    return tuple(each.summary for each in forewarnings(result))


def last_worked_for_district(result: Result) -> list[str]:
    """Lines for the district: the day on which the connection last worked, and what has changed at its side."""
    changed = result.changed
    if changed is None or changed.last_worked is None or result.verdict.status is not Status.FAIL:
        return []
    worked = f"It last worked on {weekday_words(changed.last_worked)}."
    first = next(iter(changed.differences), None)
    # Where the likeliest reason is the vendor's own change, the rest would mislead.
    own = first is not None and first.kind in _OWN
    told = [each.summary for each in changed.differences if each.kind not in _NOT_FOR_DISTRICT]
    if own or not told:
        return [worked]
    return [f"{worked} Since then:", "", *(f"- {sentence}" for sentence in told)]


def ending_for_district(result: Result) -> list[str]:
    """What the district has to do before something ends, a sentence each; none where the run could not begin."""
    if result.verdict.status is Status.ERROR:
        return []
    return [for_district(each, result.connection) for each in forewarnings(result)]
