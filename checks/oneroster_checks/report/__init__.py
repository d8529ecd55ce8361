"""Reports: one result in every form, as a ticket summary and as a message to the district."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import UnknownFormat
from ..result import Result
from .as_markdown import as_markdown
from .message import district_message as _district_message
from .redacted import redacted
from .text import WIDTH

__all__ = ["FORMATS", "checklist_text", "district_message", "redacted", "render", "ticket"]

FORMATS = ("text", "json", "markdown", "junit", "html")


def render(results: Sequence[Result], form: str) -> str:
    """Results in one of FORMATS, ending in a line break; UnknownFormat for another one."""
    shown = [redacted(result) for result in results]
    if form == "json":
        from .as_json import as_json

        return as_json(shown) + "\n"
    if form == "markdown":
        return "\n".join(as_markdown(result) for result in shown)
    if form == "text":
        from .text import as_text

        return "\n\n".join(as_text(result) for result in shown) + "\n"
    if form == "junit":
        from .as_junit import as_junit

        return as_junit(shown) + "\n"
    if form == "html":
        from .as_html import as_html

        return as_html(shown) + "\n"
    raise UnknownFormat(f"There is no report in the format “{form}”. There are {', '.join(FORMATS)}.")


def ticket(result: Result) -> str:
    """The summary for a support ticket, in Markdown."""
    return as_markdown(redacted(result))


def district_message(result: Result) -> str:
    """A polite message to the district with only the steps that the district must take."""
    return _district_message(redacted(result))


def checklist_text(result: Result, width: int = WIDTH) -> str:
    """The root cause, its steps and the checklist as plain text, wrapped at `width` columns."""
    from .text import checklist

    return checklist(redacted(result), width) + "\n"
