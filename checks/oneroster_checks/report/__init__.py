"""Reports: one result in every form, as a ticket summary and as a message to the district."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..redaction import Redactor
from ..result import Result
from .message import district_message as _district_message
from .text import WIDTH
from .ticket import ticket as _ticket

__all__ = ["FORMS", "checklist_text", "district_message", "render", "ticket"]

FORMS = ("text", "json", "markdown", "junit", "html")

# The result holds no secret; tokens and addresses that a server put into its words are taken out here again.
_hide: Callable[[str], str] = Redactor().text


def render(results: Sequence[Result], form: str) -> str:
    """Results in one of FORMS, ending in a line break; ValueError for another form."""
    if form == "json":
        from .as_json import as_json

        return _hide(as_json(results)) + "\n"
    if form == "markdown":
        return "\n".join(ticket(result) for result in results)
    if form == "text":
        from .text import as_text

        return _hide("\n\n".join(as_text(result) for result in results)) + "\n"
    if form == "junit":
        from .as_junit import as_junit

        return _hide(as_junit(results)) + "\n"
    if form == "html":
        from .as_html import as_html

        return _hide(as_html(results)) + "\n"
    raise ValueError(f"there is no report in the form {form}; there are {', '.join(FORMS)}")


def ticket(result: Result) -> str:
    """The summary for a support ticket, in Markdown."""
    return _hide(_ticket(result))


def district_message(result: Result) -> str:
    """A polite message to the district with only the steps that the district must take."""
    return _hide(_district_message(result))


def checklist_text(result: Result, width: int = WIDTH) -> str:
    """The root cause, its steps and the checklist as plain text, wrapped at `width` columns."""
    from .text import checklist

    return _hide(checklist(result, width)) + "\n"
