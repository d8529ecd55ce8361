"""The plain text report: no box drawing, states as words. It is the accessible way in.

What a terminal can show beside the letters (colors, links) is the style's, which whoever shows the text brings along.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from functools import partial

from ..causes.help_pages import ARTICLE, pages_of
from ..connection import CAMPUS
from ..evidence import Evidence
from ..finding import Finding, Status
from ..labels import STATES
from ..result import Result
from .changes import DIFFERENCES, ENDINGS, differences, ending_soon, last_worked
from .text_records import records_lines
from .text_style import UNMARKED, TextStyle
from .words import (
    HEADING,
    connection_rows,
    expected_after,
    failures_first,
    moment,
    once,
    request_line,
    request_parts,
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
_MORE = "More about this:"
# The column at which the words behind a state begin.
_BEHIND_STATE = 8


def render(results: Sequence[Result]) -> str:
    """All runs as plain text with everything in it, one below the other, ending in a line break."""
    return text_of(results)


def text_of(
    results: Sequence[Result], *, everything: bool = True, width: int = WIDTH, style: TextStyle = UNMARKED
) -> str:
    """The same with the options of `as_text`."""
    return "\n\n".join(as_text(each, width, everything=everything, style=style) for each in results) + "\n"


def as_text(
    result: Result, width: int = WIDTH, *, everything: bool = True, style: TextStyle = UNMARKED
) -> str:
    """Root cause and steps, the checklist, the findings, failures first, and the verdict again as the last line.

    It is wrapped at `width` columns, but for addresses and requests, which stay whole. Without `everything`, only the
    number of the findings that passed or were not checked is told, but for writes.
    """
    wrapped = partial(_wrapped, width)
    lines = [checklist(result, width, style), "", *findings(result, width, style, everything=everything)]
    records = records_lines(result, width)
    if records:
        lines += ["", *records]
    if result.counts:
        lines += ["", style.heading("What the district shares")]
        lines += [f"  {name}: {number:,}" for name, number in result.counts.items()]
    seconds = result.duration_ms / 1000
    requests = f"{result.requests} requests in {seconds:.1f} s, started {moment(result)}."
    lines += ["", *wrapped(requests, 0, 2)]
    cause = result.verdict.cause
    title = f"{root_title(result)} [{cause}]" if cause else verdict_line(result.verdict)
    return "\n".join([*lines, *_verdict(result, title, width, style)])


def findings(result: Result, width: int, style: TextStyle, *, everything: bool) -> list[str]:
    """The findings under their heading, failures first, each with the requests that prove what is wrong."""
    lines = [style.heading("Findings")]
    for reported in failures_first(result.findings):
        if not everything and _is_left_out(reported.finding):
            continue
        finding = reported.finding
        code = f" [{finding.cause}]" if finding.cause else ""
        words = f": {once(reported.summary, result)}" if reported.says_more else ""
        lines += _row(width, style, finding.status, f"{finding.title}{code}{words}")
        if finding.status in (Status.FAIL, Status.WARN, Status.ERROR):
            lines += [line for evidence in finding.evidence for line in _request(evidence, width)]
            lines += [
                line
                for said in said_lines(reported)
                for line in _wrapped(width, said, _BEHIND_STATE, _BEHIND_STATE)
            ]
    return lines if everything else [*lines, *_wrapped(width, _left_out(result), 2, _BEHIND_STATE)]


def _verdict(result: Result, words: str, width: int, style: TextStyle) -> list[str]:
    status = result.verdict.status
    first, *rest = _wrapped(width, f"Verdict: {STATES[status]}. {words}", 0, 2)
    return [first.replace(STATES[status], style.state(STATES[status], status), 1), *rest]


def _row(width: int, style: TextStyle, status: Status, words: str, state: str = "") -> list[str]:
    """A line that begins with a state, and what does not fit in it under its words."""
    state = state or STATES[status]
    first, *rest = _wrapped(width, f"{state:5} {words}", 2, _BEHIND_STATE)
    marked = style.state(state, status)
    return [f"  {marked}{first[2 + len(state) :]}", *rest]


def _request(evidence: Evidence, width: int) -> list[str]:
    """One request: in one line where it fits, else its address alone, so that it can be copied whole."""
    indent = " " * _BEHIND_STATE
    line = f"{indent}{request_line(evidence)}"
    if len(line) <= width:
        return [line]
    address, *rest = request_parts(evidence)
    return [f"{indent}{address}", *_wrapped(width, " · ".join(rest), _BEHIND_STATE + 2, _BEHIND_STATE + 2)]


def _is_left_out(finding: Finding) -> bool:
    return finding.status in _LEFT_OUT and not any(each.method in _WRITES for each in finding.evidence)


def _left_out(result: Result) -> str:
    """How many findings a short report leaves out, and how to see them; "" for none."""
    findings = (reported.finding for reported in result.findings)
    states = Counter(finding.status for finding in findings if _is_left_out(finding))
    parts = [words.format(states[status]) for status, words in _LEFT_OUT.items() if states[status]]
    return f"{', '.join(parts)} (-v lists them)." if parts else ""


def checklist(result: Result, width: int = WIDTH, style: TextStyle = UNMARKED) -> str:
    """What was checked, the root cause with its steps, and the points of the checklist."""
    lines = []
    for name, value, verbatim in connection_rows(result):
        row = f"{name}: {value}"
        lines += [row] if verbatim else _wrapped(width, row, 0, 2)
    lines += ["", *problem_lines(result, verdict_line(result.verdict), width, style)]
    lines += _other_days(result, width)
    lines += ["", style.heading(_heading(result, style))]
    for item in result.checklist:
        note = f" {once(item.note, result)}" if item.note else ""
        lines += _row(width, style, item.status, f"{item.text}{note}", row_state(item))
        if item.status is Status.ASK:
            lines += [
                line
                for step in item.fix[:1]
                for line in _wrapped(width, str(step), _BEHIND_STATE, _BEHIND_STATE)
            ]
    return "\n".join(lines)


def problem_lines(result: Result, words: str, width: int, style: TextStyle) -> list[str]:
    """The verdict in these words, the root cause with its steps, and what shows after it is fixed."""
    verdict = result.verdict
    wrapped = partial(_wrapped, width)
    lines = _verdict(result, words, width, style)
    if verdict.cause:
        lines += wrapped(f"Root cause: {root_title(result)} [{verdict.cause}]", 0, 2)
        lines += wrapped(verdict.summary, 2, 2)
        if verdict.fix:
            lines.append(style.heading("What to do:"))
            lines += [
                line
                for number, step in enumerate(verdict.fix, 1)
                for line in wrapped(f"{number}. {step}", 2, 5)
            ]
            lines += _help_pages(result, width, style)
        after = ", ".join(f"{title} [{code}]" for title, code in expected_after(result))
        if after:
            lines += wrapped(f"After that, expect: {after}.", 0, 2)
    return lines


def _heading(result: Result, style: TextStyle) -> str:
    """The heading over the article's points, which leads to the article where it is the provider's own."""
    own = result.connection.provider == CAMPUS
    return (style.link(HEADING, ARTICLE.address) if own else "") or HEADING


def _help_pages(result: Result, width: int, style: TextStyle) -> list[str]:
    """The pages on which the steps are explained, each once; none where there is no such page."""
    connection, verdict = result.connection, result.verdict
    pages = pages_of(verdict.cause, verdict.fix, provider=connection.provider, oneroster=connection.oneroster)
    lines = [style.heading(_MORE)] if pages else []
    for page in pages:
        linked = style.link(page.title, page.address)
        whole = f"  {page.title} · {page.address}"
        if linked:
            lines.append(f"  {linked}")
        elif len(whole) <= width:
            lines.append(whole)
        else:
            lines += [f"  {page.title}", f"    {page.address}"]
    return lines


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
