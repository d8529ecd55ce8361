"""What a full read brought and what the rules over its records found, as the rows of every report and screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..amounts import duration_words, response_words, size_words
from ..causes import entry_of
from ..causes.template import facts_used
from ..events import LIMITS_CHECK
from ..finding import Fact, Finding, Stage, Status
from ..labels import PARTS
from ..result import CollectionRead, OperationTimes, ReportedFinding, Result
from .words import failures_first

RECORDS = "Records"
RULES = "Rules over all records"
RESPONSE_TIMES = "Response times"
TIMES = "Response times by operation"
COLLECTION_HEADINGS = ("Collection", "Records", "Total", "Pages", "Size", "Time", "Complete")
RULE_HEADINGS = ("State", "Rule", "Count", "By kind", "Examples")
TIME_HEADINGS = ("Operation", "Requests", "Median", "Slowest")
NO_TOTAL = "not sent"
NOT_CHECKED = "not checked"
# The check that judges every record against the standard: a rule over records that is not of the stage of the data.
_STANDARD = "payload.records"
# What says why a collection was not read to its end.
_READING = ("paging.whole", LIMITS_CHECK.check)


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One rule over all records: its finding, and the figures of it.

    It found `count` cases among `of`, None where it was not judged; `kinds` says how many of each kind, and
    `examples` are a few sourcedIds.
    """

    reported: ReportedFinding
    count: int | None = None
    of: int | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)
    examples: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The state of its finding."""
        return self.reported.finding.status

    @property
    def title(self) -> str:
        """What it is about."""
        return self.reported.finding.title

    @property
    def code(self) -> str:
        """The cause that it names, else the id of its check."""
        return self.reported.finding.cause or self.reported.finding.check

    @property
    def is_broken(self) -> bool:
        """Whether there is something to look at."""
        return self.status in (Status.FAIL, Status.WARN, Status.ERROR)


def rules(result: Result) -> tuple[JudgedRule, ...]:
    """The rules over the records of a full read, failures first; none without a full read."""
    if not result.read:
        return ()
    return tuple(
        _rule(reported) for reported in failures_first(result.findings) if _is_rule(reported.finding)
    )


def untold(result: Result, reported: ReportedFinding) -> list[str]:
    """The figures of a rule over records that its sentence does not tell, as lines: kinds, and examples."""
    told = facts_used(entry_of(reported.finding.cause).summary)
    return [line for name, line in _figures(result, reported) if name != "count" and name not in told]


def figures(result: Result, reported: ReportedFinding) -> list[str]:
    """The figures of a rule over records as lines: count, kinds, examples; none for any other finding."""
    return [line for _, line in _figures(result, reported)]


def _figures(result: Result, reported: ReportedFinding) -> Iterator[tuple[str, str]]:
    """The names of these facts, each with its line."""
    if not result.read or not _is_rule(reported.finding) or reported.finding.status is Status.SKIP:
        return
    rule = _rule(reported)
    yield "count", f"Count: {count_words(rule)}"
    if rule.kinds:
        yield "kinds", f"By kind: {kind_words(rule)}"
    if rule.examples:
        yield "examples", f"Examples: {', '.join(rule.examples)}"


def nothing_found(found: Sequence[JudgedRule]) -> str:
    """What is said in place of a chart where no rule counted anything."""
    judged = sum(rule.count == 0 for rule in found)
    if not judged:
        return "No rule was checked."
    return f"Rules checked, with nothing found: {judged}."


def count_words(rule: JudgedRule) -> str:
    """How many cases of how many: "12 of 30,000"."""
    if rule.count is None:
        return NOT_CHECKED
    return f"{rule.count:,}" if rule.of is None else f"{rule.count:,} of {rule.of:,}"


def kind_words(rule: JudgedRule) -> str:
    """How many of each kind, most first: "enrollment.user 3, class.course 1"."""
    most_first = sorted(rule.kinds.items(), key=lambda kind: -kind[1])
    return ", ".join(f"{kind} {number:,}" for kind, number in most_first)


def rule_cells(rule: JudgedRule, state: str) -> tuple[str, ...]:
    """A rule under RULE_HEADINGS, with the word for its state."""
    return (
        state,
        f"{rule.title} [{rule.code}]",
        count_words(rule),
        kind_words(rule),
        ", ".join(rule.examples),
    )


def collection_cells(read: CollectionRead) -> tuple[str, ...]:
    """How the read of a collection went, under COLLECTION_HEADINGS."""
    return (
        read.collection,
        f"{read.records:,}",
        NO_TOTAL if read.total is None else f"{read.total:,}",
        f"{read.pages:,}",
        size_words(read.bytes),
        duration_words(read.seconds),
        "yes" if read.complete else "no",
    )


def time_cells(row: OperationTimes) -> tuple[str, ...]:
    """The response times of an operation under TIME_HEADINGS."""
    return row.operation, f"{row.requests:,}", response_words(row.median_ms), response_words(row.worst_ms)


def why_not_whole(result: Result) -> list[str]:
    """Sentences that say what was not read to its end, and why; none when everything was."""
    cut = [read.collection for read in result.read if not read.complete]
    if not cut:
        return []
    reasons = [
        reported.summary
        for reported in result.findings
        if reported.finding.check in _READING and reported.finding.status is not Status.PASS
    ]
    return [f"Not read to the end: {', '.join(cut)}. Rules that need them were not checked.", *reasons]


def read_in_short(reads: Iterable[CollectionRead]) -> str:
    """What was read in one line: "12 orgs, 9 academic sessions"."""
    return ", ".join(f"{read.records:,} {PARTS.get(read.collection, read.collection)}" for read in reads)


def _is_rule(finding: Finding) -> bool:
    if finding.stage is Stage.DATA:
        return True
    counts = isinstance(finding.facts.get("of"), int)
    return counts and (finding.stage is Stage.ACCOUNTS or finding.check == _STANDARD)


def examples_of(finding: Finding) -> tuple[str, ...]:
    """The sourcedIds that a finding names, none where it names none."""
    examples = finding.facts.get("examples")
    return examples if isinstance(examples, tuple) else ()


def _rule(reported: ReportedFinding) -> JudgedRule:
    facts = reported.finding.facts
    kinds = facts.get("kinds")
    of = _number(facts.get("of"))
    # A rule that found nothing need not say so.
    nothing = 0 if reported.finding.status is Status.PASS and of is not None else None
    count = _number(facts.get("count"))
    return JudgedRule(
        reported,
        nothing if count is None else count,
        of,
        kinds if isinstance(kinds, Mapping) else {},
        examples_of(reported.finding),
    )


def _number(fact: Fact | None) -> int | None:
    return fact if isinstance(fact, int) else None
