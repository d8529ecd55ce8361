"""The summary for a support ticket: everything that a case needs, and nothing that a case must not hold.

Every value is one line, so it cannot begin a heading or a list, and `_plain` and `_code` keep it from being anything
but text inside its line. What stays is what a reader's own program makes of a bare address.
"""

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
# What begins something inside a line: emphasis, code, a link, an image, a tag, a formula, an entity, an escape. What
# lies inside a word stays as it is: snake_case is no emphasis.
_MARKS = re.compile(r"[*`\[\]<~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\\(?=[!-/:-@\[-`{-~]|$)")
# What begins a heading, a quotation, a list or a line when it stands first.
_FIRST = re.compile(r"^(?:([#>+=-])|(\d{1,9})([.)]))")


def render(results: Sequence[Result]) -> str:
    """All runs in Markdown, one below the other, ending in a line break."""
    return "\n".join(as_markdown(result) for result in results)


def as_markdown(result: Result) -> str:
    """The result in Markdown, ending in a line break."""
    verdict = result.verdict
    lines = [f"# OneRoster connection check: {STATES[verdict.status]}", "", _plain(verdict_line(verdict))]
    if verdict.cause:
        lines += ["", f"**Root cause:** {_plain(root_title(result))} ({_code(verdict.cause)})"]
        lines += ["", _plain(verdict.summary)]
    if verdict.fix:
        lines += [
            "",
            "## What to do",
            "",
            *(f"{number}. {_plain(str(step))}" for number, step in enumerate(verdict.fix, 1)),
        ]
    after = ", ".join(f"{_plain(title)} ({_code(code)})" for title, code in expected_after(result))
    if after:
        lines += ["", f"After that, expect: {after}"]
    lines += ["", "## Connection", ""]
    lines += [
        f"- {name}: {_code(value) if verbatim else _plain(value)}"
        for name, value, verbatim in connection_rows(result)
    ]
    lines += ["", f"## {HEADING}", ""]
    for item in result.checklist:
        lines.append(f"- **{row_state(item)}** {_plain(f'{item.text} {item.note}'.rstrip())}")
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
        f"### {STATES[finding.status]} {_plain(finding.title)} ({_code(finding.cause or finding.check)})",
        "",
        _plain(reported.summary),
    ]
    if finding.evidence:
        lines += ["", *(f"- {_code(request_line(evidence))}" for evidence in finding.evidence)]
        lines += [f"- {SAID.format(_code(words))}" for words in server_words(reported)]
    return lines


def _plain(text: str) -> str:
    """A line of text that Markdown shows as it is."""
    marked = _MARKS.sub(lambda found: f"\\{found.group()}", text.lstrip())
    return _FIRST.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", marked)


def _code(text: str) -> str:
    """A text that Markdown shows as it is, whatever marks and backticks it holds."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"
