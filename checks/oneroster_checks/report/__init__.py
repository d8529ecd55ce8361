"""Reports: one result in every form, as a ticket summary and as a message to the district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from ..errors import UnknownFormat
from ..result import Result
from .as_markdown import as_markdown
from .message import district_message as _district_message
from .redacted import redacted, shown
from .text import WIDTH
from .text_style import UNMARKED, TextStyle

__all__ = [
    "FORMATS",
    "REPORT_FORMATS",
    "ReportFormat",
    "checklist_text",
    "closing_text",
    "district_message",
    "records_text",
    "redacted",
    "render",
    "text_report",
    "ticket",
]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One form of a report: its id, its name on a screen, and the suffix of its file.

    `always_utf8` says that other programs read it, so that its encoding does not hang on a terminal's. `module`
    is the module of this package that renders it; it is loaded when it is needed. `exact` says that it keeps every
    value, with escapes of its own for the characters that would act where the report is shown.
    """

    id: str
    label: str
    suffix: str
    module: str
    always_utf8: bool = False
    exact: bool = False


_TABLE = (
    ReportFormat("text", "Plain text", ".txt", "text"),
    ReportFormat("json", "JSON", ".json", "as_json", always_utf8=True, exact=True),
    ReportFormat("jsonl", "JSON lines", ".jsonl", "as_jsonl", always_utf8=True, exact=True),
    ReportFormat("markdown", "Markdown", ".md", "as_markdown"),
    ReportFormat("junit", "JUnit XML", ".xml", "as_junit", always_utf8=True),
    ReportFormat("html", "HTML", ".html", "as_html", always_utf8=True),
    ReportFormat("har", "HAR (requests)", ".har", "as_har", always_utf8=True, exact=True),
    ReportFormat("prometheus", "Prometheus metrics", ".prom", "as_prometheus", always_utf8=True),
)
REPORT_FORMATS = {each.id: each for each in _TABLE}
FORMATS = tuple(REPORT_FORMATS)


class _Renders(Protocol):
    def render(self, results: Sequence[Result]) -> str: ...


def render(results: Sequence[Result], form: str) -> str:
    """Results in one of FORMATS, ending in a line break; UnknownFormat for another one."""
    if form not in REPORT_FORMATS:
        raise UnknownFormat(f"There is no report in the format “{form}”. There are {', '.join(FORMATS)}.")
    chosen = REPORT_FORMATS[form]
    renderer = cast("_Renders", import_module(f".{chosen.module}", __package__))
    prepared = redacted if chosen.exact else shown
    return renderer.render([prepared(result) for result in results])


def text_report(
    results: Sequence[Result], *, everything: bool, width: int = WIDTH, style: TextStyle = UNMARKED
) -> str:
    """Results as text, ending in a line break, wrapped at `width` columns, with the marks of a `style`.

    Without `everything` it only counts what passed and what was not checked.
    """
    from .text import text_of

    return text_of([shown(result) for result in results], everything=everything, width=width, style=style)


def closing_text(results: Sequence[Result], style: TextStyle = UNMARKED) -> str:
    """One line for each of several runs, what needs attention first, and the totals; "" for none."""
    from .closing import closing_lines

    return "".join(f"{line}\n" for line in closing_lines([shown(result) for result in results], style))


def ticket(result: Result) -> str:
    """The summary for a support ticket, in Markdown."""
    return as_markdown(shown(result))


def district_message(result: Result) -> str:
    """A polite message to the district with only the steps that the district must take."""
    return _district_message(shown(result))


def checklist_text(result: Result, width: int = WIDTH, style: TextStyle = UNMARKED) -> str:
    """The root cause, its steps and the checklist as text, wrapped at `width` columns, with the marks of a `style`."""
    from .text import checklist

    return checklist(shown(result), width, style) + "\n"


def records_text(result: Result, width: int = WIDTH) -> str:
    """What a full read found as plain text: the collections, then the rules; "" without a full read."""
    from .text_records import records_lines

    return "".join(f"{line}\n" for line in records_lines(shown(result), width))
