"""A comparison of the two sides of a move in every form: text, JSON, HTML; every value passes the redaction first."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict

from ..causes.remaining import problems
from ..finding import Status
from ..labels import PARTS, STATES, capitalized
from ..moving.model import KindCounts, Moved, MoveReport
from ..visible import safe_json, visible
from .as_json import envelope, run_object
from .letterhead import Letterhead
from .redacted import redacted, shown
from .text import WIDTH, findings, problem_lines
from .text_style import UNMARKED, TextStyle
from .words import verdict_line

SAFE = "It is safe to move."
HEADINGS = (
    "Records",
    "Old",
    "New",
    "By legacy id",
    "By sourcedId",
    "Otherwise",
    "Only old",
    "Only new",
    "Changed",
)
MATCHES = "What matches"


def words_of(moved: Moved) -> str:
    """The verdict in one line."""
    verdict = moved.result.verdict
    return SAFE if verdict.status is Status.PASS else verdict_line(verdict)


def cells(kind: KindCounts) -> tuple[str, ...]:
    """One kind of record as the cells of a row, by HEADINGS."""
    numbers = (
        kind.old, kind.new, kind.by_legacy, kind.by_sourced_id, kind.by_identifier, kind.only_old, kind.only_new,
        kind.changed,
    )  # fmt: skip
    return (capitalized(PARTS.get(kind.kind, kind.kind)), *(f"{number:,}" for number in numbers))


def sides(report: MoveReport) -> tuple[tuple[str, str], ...]:
    """The two sides by what they are called: the name of the profile, if any, and the base URL."""
    return tuple(
        (label, " · ".join(filter(None, (visible(name), visible(base)))))
        for label, name, base in (
            ("Old", report.old, report.old_base),
            ("New", report.new, report.new_base),
        )
    )


def move_text(
    moved: Moved, *, everything: bool = False, width: int = WIDTH, style: TextStyle = UNMARKED
) -> str:
    """The comparison as plain text, ending in a line break; without `everything` what passed is only counted."""
    result = shown(moved.result)
    lines = [f"{label}: {words}" for label, words in sides(moved.report)]
    lines += ["", *problem_lines(result, words_of(moved), width, style)]
    if moved.report.kinds:
        lines += ["", style.heading(MATCHES), *_table(moved.report.kinds, width)]
    lines += ["", *findings(result, width, style, everything=everything), ""]
    lines += [f"{result.requests:,} requests in {result.duration_ms / 1000:.1f} s."]
    lines += [f"Verdict: {STATES[result.verdict.status]}. {words_of(moved)}"]
    return "\n".join(lines) + "\n"


def _table(kinds: Sequence[KindCounts], width: int) -> list[str]:
    """The numbers of all kinds as aligned columns, without those that are 0 for all of them; where that is too wide,
    as a line for each kind."""
    rows = [HEADINGS, *map(cells, kinds)]
    kept = [
        place for place in range(len(HEADINGS)) if place < 3 or any(row[place] != "0" for row in rows[1:])
    ]
    widths = {place: max(len(row[place]) for row in rows) for place in kept}
    lines = [
        "  ".join(["", *(row[at].rjust(widths[at]) if at else row[at].ljust(widths[at]) for at in kept)])
        for row in rows
    ]
    if max(map(len, lines)) <= width:
        return lines
    return [line for row in rows[1:] for line in _in_words(row, width)]


def _in_words(row: Sequence[str], width: int) -> list[str]:
    named = (f"{name.lower()} {number}" for name, number in zip(HEADINGS[1:3], row[1:3], strict=True))
    others = (
        f"{name.lower()} {number}"
        for name, number in zip(HEADINGS[3:], row[3:], strict=True)
        if number != "0"
    )
    text = f"{row[0]}: {', '.join((*named, *others))}".replace("sourcedid", "sourcedId")
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")


def move_object(moved: Moved) -> dict[str, object]:
    """The comparison as an object of a JSON document."""
    report = moved.report
    return {
        "old": {"profile": report.old or None, "base_url": report.old_base},
        "new": {"profile": report.new or None, "base_url": report.new_base},
        "safe": moved.result.verdict.status in (Status.PASS, Status.WARN),
        "kinds": [asdict(kind) for kind in report.kinds],
        "run": run_object(redacted(moved.result)),
    }


def move_json(moved: Sequence[Moved]) -> str:
    """Comparisons as one JSON document, ending in a line break."""
    document = {**envelope(), "moves": [move_object(each) for each in moved]}
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def move_html(moved: Moved, letterhead: Letterhead | None = None) -> str:
    """The comparison as one HTML page that needs nothing else, ending in a line break."""
    from .as_html import move_page
    from .message import first_message

    result = shown(moved.result)
    return move_page(
        run=result,
        heading=words_of(moved),
        sides=sides(moved.report),
        matches=MATCHES,
        headings=HEADINGS,
        kinds=[cells(kind) for kind in moved.report.kinds],
        problems=problems(result),
        message=first_message(result, letterhead or Letterhead()),
    )


def table_row(moved: Moved) -> tuple[str, str, str, str]:
    """One comparison in a table of many: the old and the new profile, the verdict, and the first thing to do."""
    result = shown(moved.result)
    first = next(iter(result.verdict.fix), None)
    words = str(first) if first and result.verdict.status is not Status.PASS else ""
    return visible(moved.report.old), visible(moved.report.new), words_of(moved), words
