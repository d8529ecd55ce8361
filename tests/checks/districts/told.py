"""What leaves the process about a result, and what a failing row says of it."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.finding import Status
from oneroster_checks.report import checklist_text, district_message, render, ticket
from oneroster_checks.result import Result


def outputs(result: Result) -> list[str]:
    """Everything that leaves the process about a result."""
    makers: list[Callable[[], str]] = [
        lambda: render([result], "json"),
        lambda: render([result], "text"),
        lambda: ticket(result),
        lambda: district_message(result),
        lambda: checklist_text(result),
    ]
    return [make() for make in makers]


def outline(result: Result) -> str:
    """The findings that say something, for the message of a failing row."""
    lines = [
        f"  {reported.finding.status:5} {reported.finding.check}: {reported.finding.cause or reported.finding.reason} "
        f"{dict(reported.finding.facts) if reported.finding.failed else ''}"
        for reported in result.findings
        if reported.finding.status is not Status.PASS
    ]
    asked = [
        f"  {item.method} {item.url} {item.status} {item.note} {item.outline[:60]!r}" for item in result.trace
    ]
    return "\n".join([*lines, *asked])
