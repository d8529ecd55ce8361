"""A result in words for the Checklist screen: the verdict, a row a point, and the details of each."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable

from textual.content import Content

from oneroster_checks.finding import Status
from oneroster_checks.labels import NOT_APPLICABLE
from oneroster_checks.result import ChecklistItem, ReportedFinding, Result, Step
from oneroster_checks.visible import visible

from .details import heading, steps
from .state import STATE_WIDTH, address, plain, several_lines, stated

NARROWEST = 20


def hanging(state: Content, width: int, text: str, note: str = "", *, indent: int = STATE_WIDTH) -> Content:
    """A state with its text beside it and a note beneath, wrapped so that the state is in a column of its own."""
    room = max(NARROWEST, width - indent)
    break_ = "\n" + " " * indent
    row = Content.assemble(state, several_lines(break_.join(_wrapped(text, room))))
    if not note:
        return row
    return Content.assemble(row, several_lines(break_ + break_.join(_wrapped(note, room)), "$text-muted"))


def _wrapped(text: str, room: int) -> list[str]:
    return textwrap.wrap(visible(text), room) or [""]


def point_row(item: ChecklistItem, width: int) -> Content:
    """A point of the article in the list."""
    return hanging(point_state(item, STATE_WIDTH), width, item.text, item.note)


def point_state(item: ChecklistItem, width: int = 0) -> Content:
    """The word of a point's state; one without a place in this connection is not applicable, not skipped."""
    if not item.applicable:
        return plain(NOT_APPLICABLE.ljust(width), "$text-muted")
    return stated(item.status, width)


def finding_row(reported: ReportedFinding, width: int) -> Content:
    """A check in the list; one that is in order needs no more than its title."""
    finding = reported.finding
    note = "" if finding.status is Status.PASS else reported.summary
    return hanging(stated(finding.status, STATE_WIDTH), width, finding.title, note)


def point_details(item: ChecklistItem, result: Result) -> Content:
    """Everything about one point: what to do, and which checks settled it."""
    parts = [Content.assemble(point_state(item), plain(f"  {item.text}", "bold"))]
    if item.note:
        parts.append(plain(item.note))
    if item.fix:
        parts += [Content(""), heading("What to do"), *steps(item.fix)]
    settled = [reported for reported in result.findings if reported.finding.check in item.findings]
    if settled:
        parts += [Content(""), heading("Settled by")]
        parts += [
            Content.assemble(
                stated(reported.finding.status, STATE_WIDTH),
                plain(reported.finding.title),
                plain(f": {reported.summary}" if reported.says_more else ""),
            )
            for reported in settled
        ]
    return Content("\n").join(parts)


def why(reported: ReportedFinding | None) -> list[Content]:
    """Why a cause happens, from the catalogue; nothing for a check that is in order."""
    if reported is None or not reported.finding.cause:
        return []
    from oneroster_checks.causes import cause

    known = cause(reported.finding.cause)
    return [
        Content(""),
        heading("Why this happens"),
        plain(known.why),
        plain(f"Source: {known.source}", "$text-muted"),
        *read_more(known.code),
    ]


def read_more(
    code: str, steps: Iterable[Step] = (), *, provider: str = "", oneroster: str = ""
) -> list[Content]:
    """The help pages of a cause and its steps, a line each: links where the terminal follows them."""
    from oneroster_checks.causes.help_pages import pages_of
    from oneroster_wizard.terminal_features import shows_links

    links = shows_links(sys.__stdout__)
    return [
        Content.assemble(
            plain(f"{page.title}: ", "$text-muted"),
            address(page.address, linked=links),
        )
        for page in pages_of(code, steps, provider=provider, oneroster=oneroster)
    ]
