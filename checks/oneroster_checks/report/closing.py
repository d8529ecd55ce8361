"""The end of a text report of several runs: a line for each, what needs attention first, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..days import day_and_time
from ..finding import Status
from ..labels import STATES
from ..result import Result
from .columns import columns_of
from .text_style import UNMARKED, TextStyle
from .words import root_title

# The order in which they are told, and what many of them are called.
_TOTALS = {
    Status.FAIL: "failing",
    Status.ERROR: "not checked",
    Status.WARN: "working with a warning",
    Status.PASS: "working",
}


def closing_lines(results: Sequence[Result], style: TextStyle = UNMARKED) -> list[str]:
    """A line for each run with its state, cause and since when that is so, then the totals; empty for no run."""
    if not results:
        return []
    order = list(_TOTALS)
    every = sorted(results, key=lambda each: (order.index(each.verdict.status), name_of(each).casefold()))
    width = max(columns_of(name_of(each)) for each in every)
    return [*(_line(each, width, style) for each in every), "", totals(results)]


def name_of(result: Result) -> str:
    """What a run is called among others: its profile, or its base URL where it has none."""
    return result.profile or result.connection.base_url


def totals(results: Sequence[Result]) -> str:
    """How many runs ended how, and how many requests they made, in a sentence."""
    counted = Counter(each.verdict.status for each in results)
    parts = ", ".join(f"{counted[status]:,} {words}" for status, words in _TOTALS.items() if counted[status])
    noun = "profile" if len(results) == 1 else "profiles"
    return f"{len(results):,} {noun}: {parts}. {sum(each.requests for each in results):,} requests."


def _line(result: Result, width: int, style: TextStyle) -> str:
    verdict = result.verdict
    words = f"{root_title(result)} [{verdict.cause}]" if verdict.cause else "Works"
    state = STATES[verdict.status]
    gap = " " * (5 - len(state))
    name = name_of(result)
    room = " " * (width - columns_of(name))
    return f"{style.state(state, verdict.status)}{gap} {name}{room}  {words}{_since(result)}"


def _since(result: Result) -> str:
    """Since when the root cause is there, and that it did not work for longer; since when it works."""
    changed = result.changed
    if changed is None or changed.since is None:
        return ""
    since = day_and_time(changed.since)
    if result.verdict.status is Status.PASS or changed.cause_since is None:
        return f", since {since}"
    cause_since = day_and_time(changed.cause_since)
    if result.verdict.status is Status.WARN or cause_since == since:
        return f", since {cause_since}"
    return f", since {cause_since} (not working since {since})"
