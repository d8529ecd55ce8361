"""A trace as rows and sentences, for the command line and the wizard alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..finding import Status
from ..labels import RECORDS, capitalized
from ..tracing.model import Link, LinkState, Trace
from ..visible import visible
from .redacted import shown
from .words import root_title

# The states of links as the word that stands first in a line.
STATE_WORDS = {
    LinkState.FINE: "ok",
    LinkState.NOTED: "NOTE",
    LinkState.BROKEN: "BROKEN",
    LinkState.UNSEEN: "not seen",
}
# The state of a finding whose color a link has.
COLOR_OF = {
    LinkState.FINE: Status.PASS,
    LinkState.NOTED: Status.WARN,
    LinkState.BROKEN: Status.FAIL,
    LinkState.UNSEEN: Status.SKIP,
}
_SUBJECTS = {"student": "a student", "teacher": "a teacher", "class": "a class", "grade": "a grade"}
_FINE = "Nothing is broken here: everything that {subject} needs was there and current."
_NEWEST = (
    "The newest of these records was changed on {day}. A read of your software since then should have brought it, so "
    "look in your own import."
)
_NOT_ALL = "Nothing that was seen is broken, but not every link could be seen."
# Branches of one kind that are shown whole.
_FEW = 2
_NOTHING = "Nothing could be traced."


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One link in a line: how deep it stands, its state, and what is known of it."""

    depth: int
    state: LinkState
    words: str


def safe_trace(trace: Trace) -> Trace:
    """The trace as it may be shown anywhere: its result passes the redaction of every report."""
    return replace(trace, result=shown(trace.result))


def subject_words(trace: Trace) -> str:
    """What was traced: "a student"."""
    return _SUBJECTS[trace.kind]


def trace_rows(trace: Trace, *, everything: bool = True) -> list[TraceRow]:
    """The links of the chain in order, none where there is none.

    Without `everything`, several branches of one kind that are all in order have one row each.
    """
    return list(_rows(trace.chain, 0, everything=everything)) if trace.chain else []


def _rows(link: Link, depth: int, *, everything: bool) -> Iterator[TraceRow]:
    yield TraceRow(depth, link.state, link_words(link))
    several = Counter(each.what for each in link.below)
    for below in link.below:
        if not everything and several[below.what] > _FEW and is_in_order(below):
            yield TraceRow(depth + 1, below.state, folded_words(below))
        else:
            yield from _rows(below, depth + 1, everything=everything)


def is_in_order(link: Link) -> bool:
    """Whether a link and all behind it are in order."""
    return all(each.state is LinkState.FINE for each in link.each())


def folded_words(link: Link) -> str:
    """A link that is in order, with what it leads to, in one line."""
    behind = f"; {_called(link.below[0])}" if link.below else ""
    return visible(f"{link_words(link)}{behind}")


def link_words(link: Link) -> str:
    """One link in words: "Enrollment enrollment-6: role student, 2026-07-01 to 2027-06-30"."""
    called = _called(link)
    return visible(f"{called}: {', '.join(link.told)}" if link.told else called)


def _called(link: Link) -> str:
    what = RECORDS.get(link.what, link.what)
    return " ".join(part for part in (what, link.id, f"({link.name})" if link.name else "") if part)


def verdict_words(trace: Trace) -> list[str]:
    """The first broken link in a title and a sentence; where nothing is broken, that, and where to look then."""
    verdict = trace.result.verdict
    if verdict.cause:
        return [f"{root_title(trace.result)} [{verdict.cause}]", verdict.summary]
    if trace.chain is None:
        return [_NOTHING]
    if not trace.is_whole:
        return [_NOT_ALL]
    words = [_FINE.format(subject=subject_words(trace))]
    return [*words, _NEWEST.format(day=trace.last_change)] if trace.last_change else words


def requests_words(trace: Trace) -> str:
    """How many requests it took."""
    return f"{trace.requests} request{'' if trace.requests == 1 else 's'} for records."


def heading(trace: Trace) -> str:
    """The line above the chain."""
    return f"{capitalized(subject_words(trace))}, traced"
