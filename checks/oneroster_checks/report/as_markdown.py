"""The summary for a support ticket: everything that a case needs, and nothing that a case must not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..finding import Status
from ..labels import STATES
from ..result import ReportedFinding, Result
from ..version import __version__
from .words import (
    HEADING,
    SAID,
    connection_rows,
    expected_after,
    failures_first,
    moment,
    request_line,
    root_title,
    row_state,
    server_words,
    verdict_line,
)

_BACKTICKS = re.compile(r"`+")


def render(results: Sequence[Result]) -> str:
    """All runs in Markdown, one below the other, ending in a line break."""
    return "\n".join(as_markdown(result) for result in results)


def as_markdown(result: Result) -> str:
    """The result in Markdown, ending in a line break."""
    verdict = result.verdict
    lines = [f"# OneRoster connection check: {STATES[verdict.status]}", "", verdict_line(verdict)]
    if verdict.cause:
        lines += ["", f"**Root cause:** {root_title(result)} (`{verdict.cause}`)", "", verdict.summary]
    if verdict.fix:
        lines += [
            "",
            "## What to do",
            "",
            *(f"{number}. {step}" for number, step in enumerate(verdict.fix, 1)),
        ]
    after = ", ".join(f"{title} (`{code}`)" for title, code in expected_after(result))
    if after:
        lines += ["", f"After that, expect: {after}"]
    lines += ["", "## Connection", ""]
    lines += [
        f"- {name}: `{value}`" if verbatim else f"- {name}: {value}"
        for name, value, verbatim in connection_rows(result)
    ]
    lines += ["", f"## {HEADING}", ""]
    for item in result.checklist:
        lines.append(f"- **{row_state(item)}** {item.text}" + (f" {item.note}" if item.note else ""))
    told = [
        reported
        for reported in failures_first(result.findings)
        if reported.finding.status in (Status.FAIL, Status.WARN, Status.ERROR)
    ]
    if told:
        lines += ["", "## Findings and their evidence"]
        for reported in told:
            lines += ["", *_finding(reported)]
    lines += [
        "",
        f"Started {moment(result)}, {result.requests} requests in {result.duration_ms / 1000:.1f} s. "
        f"oneroster-wizard {__version__}.",
    ]
    return "\n".join(lines) + "\n"


def _finding(reported: ReportedFinding) -> list[str]:
    finding = reported.finding
    lines = [
        f"### {STATES[finding.status]} {finding.title} (`{finding.cause or finding.check}`)",
        "",
        reported.summary,
    ]
    if finding.evidence:
        lines += ["", *(f"- `{request_line(evidence)}`" for evidence in finding.evidence)]
        lines += [f"- {SAID.format(_code(words))}" for words in server_words(reported)]
    return lines


def _code(text: str) -> str:
    """A text that Markdown shows as it is, whatever marks and backticks it holds."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"
