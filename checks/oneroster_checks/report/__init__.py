"""Reports: one result in every form, as a ticket summary and as a message to the district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from ..errors import UnknownFormat
from ..result import Result
from .as_markdown import as_markdown
from .letterhead import Letterhead, LetterheadOf, no_names
from .mail import DistrictMessage
from .message import first_message as _first_message
from .message import second_message as _second_message
from .redacted import redacted, shown
from .text import WIDTH
from .text_style import UNMARKED, TextStyle

__all__ = [
    "FORMATS",
    "MESSAGES",
    "REPORT_FORMATS",
    "DistrictMessage",
    "Letterhead",
    "LetterheadOf",
    "ReportFormat",
    "checklist_text",
    "closing_text",
    "district_message",
    "format_of",
    "message_to_district",
    "no_names",
    "records_text",
    "redacted",
    "render",
    "second_message",
    "text_report",
    "ticket",
]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One form of a report: its id, its name on a screen, and the suffix of its file.

    `always_utf8` says that other programs read it, so that its encoding does not hang on a terminal's. `module`
    is the module of this package that renders it; it is loaded when it is needed. `exact` says that it keeps every
    value, with escapes of its own for the characters that would act where the report is shown. `names_people` says that
    it has the message to the district, which needs a letterhead.
    """

    id: str
    label: str
    suffix: str
    module: str
    always_utf8: bool = False
    exact: bool = False
    names_people: bool = False


_TABLE = (
    ReportFormat("text", "Plain text", ".txt", "text"),
    ReportFormat("json", "JSON", ".json", "as_json", always_utf8=True, exact=True),
    ReportFormat("jsonl", "JSON lines", ".jsonl", "as_jsonl", always_utf8=True, exact=True),
    ReportFormat("markdown", "Markdown", ".md", "as_markdown"),
    ReportFormat("junit", "JUnit XML", ".xml", "as_junit", always_utf8=True),
    ReportFormat("html", "HTML", ".html", "as_html", always_utf8=True, names_people=True),
    ReportFormat("har", "HAR (requests)", ".har", "as_har", always_utf8=True, exact=True),
    ReportFormat("prometheus", "Prometheus metrics", ".prom", "as_prometheus", always_utf8=True),
)
# What is no report of a run, but what is sent about it.
_MESSAGES = (
    ReportFormat("message", "Message to the district", ".txt", "as_message", names_people=True),
    ReportFormat(
        "second-message", "Second message to the district", ".txt", "as_second_message", names_people=True
    ),
)
REPORT_FORMATS = {each.id: each for each in _TABLE}
FORMATS = tuple(REPORT_FORMATS)
MESSAGES = tuple(each.id for each in _MESSAGES)


class _Renders(Protocol):
    def render(self, results: Sequence[Result]) -> str: ...


class _RendersMessages(Protocol):
    def render(self, results: Sequence[Result], letterhead_of: LetterheadOf) -> str: ...


def format_of(form: str) -> ReportFormat:
    """The format of this id, a report's or a message's; UnknownFormat for another one."""
    found = next((each for each in (*_TABLE, *_MESSAGES) if each.id == form), None)
    if found is None:
        known = ", ".join((*FORMATS, *MESSAGES))
        raise UnknownFormat(f"There is no report format “{form}”. The formats are {known}.")
    return found


def render(results: Sequence[Result], form: str, letterhead_of: LetterheadOf = no_names) -> str:
    """Results in one of FORMATS or MESSAGES, ending in a line break; UnknownFormat for another one.

    `letterhead_of` gives the names for the message to the district about a result.
    """
    chosen = format_of(form)
    module = import_module(f".{chosen.module}", __package__)
    prepared = redacted if chosen.exact else shown
    ready = [prepared(result) for result in results]
    if chosen.names_people:
        return cast("_RendersMessages", module).render(ready, letterhead_of)
    return cast("_Renders", module).render(ready)


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


def message_to_district(result: Result, letterhead: Letterhead | None = None) -> DistrictMessage:
    """The mail to the district, with only the steps that the district must take, or why there is none."""
    return _first_message(shown(result), letterhead or Letterhead())


def second_message(result: Result, letterhead: Letterhead | None = None) -> DistrictMessage:
    """The mail for when the first one did not help, or why there is none."""
    return _second_message(shown(result), letterhead or Letterhead())


def district_message(result: Result, letterhead: Letterhead | None = None) -> str:
    """The mail to the district as plain text with its subject, or the sentence that says why there is none."""
    return message_to_district(result, letterhead).text


def checklist_text(result: Result, width: int = WIDTH, style: TextStyle = UNMARKED) -> str:
    """The root cause, its steps and the checklist as text, wrapped at `width` columns, with the marks of a `style`."""
    from .text import checklist

    return checklist(shown(result), width, style) + "\n"


def records_text(result: Result, width: int = WIDTH) -> str:
    """What a full read found as plain text: the collections, then the rules; "" without a full read."""
    from .text_records import records_lines

    return "".join(f"{line}\n" for line in records_lines(shown(result), width))
