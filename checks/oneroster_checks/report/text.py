"""The plain text report: no box drawing, no colour, states as words. It is the accessible way in."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from functools import partial

from ..finding import Finding, Status
from ..labels import STATES
from ..result import Result
from .changes import DIFFERENCES, ENDINGS, differences, ending_soon, last_worked
from .text_records import records_lines
from .words import (
    HEADING,
    connection_rows,
    expected_after,
    failures_first,
    moment,
    request_line,
    root_title,
    row_state,
    said_lines,
    verdict_line,
)

WIDTH = 100


# What a short report leaves out, with how many there are of it in words.
_LEFT_OUT = {Status.PASS: "{:,} passed", Status.SKIP: "{:,} not checked"}
# What was written to a district, or removed there, is always told.
_WRITES = ("PUT", "DELETE")


def render(results: Sequence[Result], *, everything: bool = True) -> str:
    """All runs as plain text, one below the other, ending in a line break; `everything` as in `as_text`."""
    return "\n\n".join(as_text(result, everything=everything) for result in results) + "\n"


def as_text(result: Result, width: int = WIDTH, *, everything: bool = True) -> str:
    """Root cause and steps, the checklist, then the findings, failures first, wrapped at `width` columns.

    Without `everything`, only the number of the findings that passed or were not checked is told, but for writes.
    """
    wrapped = partial(_wrapped, width)
    lines = [checklist(result, width), "", "Findings"]
    for reported in failures_first(result.findings):
        if not everything and _is_left_out(reported.finding):
            continue
        finding = reported.finding
        code = f" [{finding.cause}]" if finding.cause else ""
        words = f": {reported.summary}" if reported.says_more else ""
        lines += wrapped(f"{STATES[finding.status]:5} {finding.title}{code}{words}", 2, 8)
        if finding.status in (Status.FAIL, Status.WARN, Status.ERROR):
            lines += [f"        {request_line(evidence)}" for evidence in finding.evidence]
            lines += [line for said in said_lines(reported) for line in wrapped(said, 8, 8)]
    if not everything:
        lines += wrapped(_left_out(result), 2, 8)
    records = records_lines(result, width)
    if records:
        lines += ["", *records]
    if result.counts:
        lines += ["", "What the district shares"]
        lines += [f"  {name}: {number:,}" for name, number in result.counts.items()]
    seconds = result.duration_ms / 1000
    lines += ["", f"{result.requests} requests in {seconds:.1f} s, started {moment(result)}."]
    return "\n".join(lines)


def _is_left_out(finding: Finding) -> bool:
    return finding.status in _LEFT_OUT and not any(each.method in _WRITES for each in finding.evidence)


def _left_out(result: Result) -> str:
    """How many findings a short report leaves out, and how to see them; "" for none."""
    findings = (reported.finding for reported in result.findings)
    states = Counter(finding.status for finding in findings if _is_left_out(finding))
    parts = [words.format(states[status]) for status, words in _LEFT_OUT.items() if states[status]]
    return f"{' and '.join(parts)} (-v lists them)." if parts else ""


def checklist(result: Result, width: int = WIDTH) -> str:
    """What was checked, the root cause with its steps, and the points of the checklist."""
    verdict = result.verdict
    wrapped = partial(_wrapped, width)
    lines = [f"{name}: {value}" for name, value, _ in connection_rows(result)]
    lines += ["", f"Verdict: {STATES[verdict.status]}. {verdict_line(verdict)}"]
    if verdict.cause:
        lines += wrapped(f"Root cause: {root_title(result)} [{verdict.cause}]", 0, 2)
        lines += wrapped(verdict.summary, 2, 2)
        if verdict.fix:
            lines.append("What to do:")
            lines += [
                line
                for number, step in enumerate(verdict.fix, 1)
                for line in wrapped(f"{number}. {step}", 2, 5)
            ]
        after = ", ".join(f"{title} [{code}]" for title, code in expected_after(result))
        if after:
            lines += wrapped(f"After that, expect: {after}.", 0, 2)
    lines += _other_days(result, width)
    lines += ["", HEADING]
    for item in result.checklist:
        note = f" {item.note}" if item.note else ""
        lines += wrapped(f"{row_state(item):5} {item.text}{note}", 2, 8)
        if item.status is Status.ASK:
            lines += [line for step in item.fix[:1] for line in wrapped(str(step), 8, 8)]
    return "\n".join(lines)


def _other_days(result: Result, width: int) -> list[str]:
    """When it last worked, what changed since then, and what ends soon."""
    wrapped = partial(_wrapped, width)
    lines = wrapped(last_worked(result), 0, 2)
    for heading, sentences in ((DIFFERENCES, differences(result)), (ENDINGS, ending_soon(result))):
        lines += [f"{heading}:"] if sentences else []
        lines += [line for sentence in sentences for line in wrapped(f"- {sentence}", 2, 4)]
    return lines


def _wrapped(width: int, text: str, first: int, rest: int) -> list[str]:
    # Long addresses stay whole, so that they can be copied.
    return textwrap.wrap(
        text, width, initial_indent=" " * first, subsequent_indent=" " * rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
