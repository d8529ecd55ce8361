"""The summary for a support ticket: everything that a case needs, and nothing that a case must not hold.

Every value is one line, so it cannot begin a heading or a list, and `_plain` and `_code` keep it from being anything
but text inside its line. What stays is what a reader's own program makes of a bare address.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from ..finding import Status
from ..labels import STATES
from ..result import ReportedFinding, Result
from ..version import __version__
from .changes import DIFFERENCES, ENDINGS, differences, ending_soon, last_worked
from .records import (
    COLLECTION_HEADINGS,
    RECORDS,
    RULE_HEADINGS,
    RULES,
    TIME_HEADINGS,
    TIMES,
    collection_cells,
    read_in_short,
    rule_cells,
    rules,
    time_cells,
    untold,
    why_not_whole,
)
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
    return "\n".join(as_markdown(result, whole=True) for result in results)


def as_markdown(result: Result, *, whole: bool = False) -> str:
    """The result in Markdown, ending in a line break; `whole` with the tables of a full read."""
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
    lines += _other_days(result)
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
            lines += [] if whole else _figures(result, reported)
    lines += _tables(result) if whole else _read_in_short(result)
    lines += [
        "",
        f"Started {moment(result)}, {result.requests} requests in {result.duration_ms / 1000:.1f} s. "
        f"oneroster-wizard {__version__}.",
    ]
    return "\n".join(lines) + "\n"


def _other_days(result: Result) -> list[str]:
    """When it last worked, what changed since then, and what ends soon."""
    worked = last_worked(result)
    lines = ["", _plain(worked)] if worked else []
    for heading, sentences in ((DIFFERENCES, differences(result)), (ENDINGS, ending_soon(result))):
        if sentences:
            lines += ["", f"## {heading}", "", *(f"- {_plain(sentence)}" for sentence in sentences)]
    return lines


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


def _figures(result: Result, reported: ReportedFinding) -> list[str]:
    """What a rule over records counted, as a list beneath its sentence; a report has them in its table."""
    found = [f"- {_plain(line)}" for line in untold(result, reported)]
    return ["", *found] if found else []


def _read_in_short(result: Result) -> list[str]:
    """What a full read brought, in a line for a ticket; its rules are among the findings."""
    if not result.read:
        return []
    sentences = [f"Records read: {read_in_short(result.read)}.", *why_not_whole(result)]
    return ["", " ".join(map(_plain, sentences))]


def _tables(result: Result) -> list[str]:
    """The collections of a full read, the rules over their records, and the response times, as tables."""
    if not result.read:
        return []
    lines = ["", f"## {RECORDS}", ""]
    lines += _table(COLLECTION_HEADINGS, map(collection_cells, result.read), numbers=range(1, 6))
    if why_not_whole(result):
        lines += ["", *map(_plain, why_not_whole(result))]
    found = [rule_cells(rule, STATES[rule.status]) for rule in rules(result)]
    lines += ["", f"## {RULES}", "", *_table(RULE_HEADINGS, found)] if found else []
    times = result.times
    if times:
        lines += ["", f"## {TIMES}", "", *_table(TIME_HEADINGS, map(time_cells, times), numbers=range(1, 4))]
    return lines


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Container[int] = ()) -> list[str]:
    """A table of cells, those of the columns in `numbers` at the right."""
    rule = ["---:" if place in numbers else "---" for place in range(len(headings))]
    every = [headings, rule, *(tuple(map(_cell, row)) for row in rows)]
    return [f"| {' | '.join(row)} |" for row in every]


def _cell(text: str) -> str:
    """A text that stays in its cell of a table."""
    return _inside(text).replace("|", r"\|")


def _inside(text: str) -> str:
    """A text that Markdown shows as it is inside a line."""
    return _MARKS.sub(lambda found: f"\\{found.group()}", text.lstrip())


def _plain(text: str) -> str:
    """A line of text that Markdown shows as it is."""
    marked = _inside(text)
    return _FIRST.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", marked)


def _code(text: str) -> str:
    """A text that Markdown shows as it is, whatever marks and backticks it holds."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"
