"""The HTML report: one file that needs nothing else, readable in light and dark, states as words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..finding import Status
from ..labels import STATES
from ..result import ChecklistItem, ReportedFinding, Result
from ..version import __version__
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

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
.state { font-weight: bold; white-space: nowrap; }
.fail, .error { color: light-dark(#b00020, #ff8a80); }
.warn, .ask { color: light-dark(#7a5300, #ffd180); }
.pass { color: light-dark(#1b5e20, #a5d6a7); }
"""


def render(results: Sequence[Result]) -> str:
    """All runs as one HTML page, ending in a line break."""
    body = "\n".join(_run(result) for result in results)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>OneRoster connection check</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n"
        f"<p>oneroster-wizard {escape(__version__)}</p>\n</body>\n</html>\n"
    )


def _run(result: Result) -> str:
    verdict = result.verdict
    title = result.profile or result.connection.base_url
    parts = [f"<h1>{_state(verdict.status)} {escape(title)}</h1>", _p(verdict_line(verdict))]
    if verdict.cause:
        heading = f"Root cause: {escape(root_title(result))} <code>{escape(verdict.cause)}</code>"
        parts += [f"<h2>{heading}</h2>", _p(verdict.summary)]
    if verdict.fix:
        parts.append(f"<h3>What to do</h3>\n<ol>{_items(verdict.fix)}</ol>")
    after = expected_after(result)
    if after:
        parts.append(f"<h3>After that, expect</h3>\n<ul>{_items(named for named, _ in after)}</ul>")
    rows = [
        *((name, value) for name, value, _ in connection_rows(result)),
        ("Started", moment(result)),
        ("Requests", f"{result.requests} in {result.duration_ms / 1000:.1f} s"),
    ]
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    parts += [f"<h2>Connection</h2>\n<table>{cells}</table>"]
    parts += [f"<h2>{HEADING}</h2>\n<table>{''.join(_item(item) for item in result.checklist)}</table>"]
    found = "".join(_finding(reported) for reported in failures_first(result.findings))
    parts.append(f"<h2>Findings</h2>\n<table>{found}</table>")
    return "\n".join(parts)


def _item(item: ChecklistItem) -> str:
    steps = f"<ul>{_items(item.fix)}</ul>" if item.fix else ""
    note = f"<br>{escape(item.note)}" if item.note else ""
    return f"<tr><td>{_row_state(item)}</td><td>{escape(item.text)}{note}{steps}</td></tr>"


def _finding(reported: ReportedFinding) -> str:
    finding = reported.finding
    code = f" <code>{escape(finding.cause)}</code>" if finding.cause else ""
    told = finding.status in (Status.FAIL, Status.WARN, Status.ERROR)
    requests = (
        "".join(f"<li><code>{escape(request_line(one))}</code></li>" for one in finding.evidence)
        if told
        else ""
    )
    proof = f"<ul>{requests}</ul>" if requests else ""
    summary = f"<br>{escape(reported.summary)}" if reported.says_more else ""
    said = "".join(f"<br>{escape(line)}" for line in said_lines(reported))
    words = f"<b>{escape(finding.title)}</b>{code}{summary}{said}"
    return f"<tr><td>{_state(finding.status)}</td><td>{words}{proof}</td></tr>"


def _row_state(item: ChecklistItem) -> str:
    return f'<span class="state {escape(str(item.status))}">{escape(row_state(item))}</span>'


def _state(status: Status) -> str:
    return f'<span class="state {escape(str(status))}">{escape(STATES[status])}</span>'


def _items(texts: Iterable[object]) -> str:
    return "".join(f"<li>{escape(str(text))}</li>" for text in texts)


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"
