"""The records of a full read as plain text: collections and rules in aligned columns, to read and to copy."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ..labels import STATES
from ..result import Result
from .records import (
    COLLECTION_HEADINGS,
    NOT_CHECKED,
    RECORDS,
    RULES,
    TIME_HEADINGS,
    TIMES,
    JudgedRule,
    collection_cells,
    kind_words,
    rules,
    time_cells,
    why_not_whole,
)

_RULE_HEADINGS = ("State", "Count", "Of", "Rule")
_GAP = "  "


def records_lines(result: Result, width: int) -> list[str]:
    """The collections, the rules with their examples and the response times; empty without a full read."""
    if not result.read:
        return []
    lines = [RECORDS, *aligned([COLLECTION_HEADINGS, *map(collection_cells, result.read)], left=(0, 6))]
    for sentence in why_not_whole(result):
        lines += _wrapped(sentence, 2, width)
    found = rules(result)
    if found:
        lines += ["", RULES]
        table = aligned([_RULE_HEADINGS, *map(_rule_cells, found)], left=(0, 3))
        indent = table[0].index(_RULE_HEADINGS[3])
        lines.append(table[0])
        for rule, row in zip(found, table[1:], strict=True):
            lines.append(row)
            if rule.kinds:
                lines += _wrapped(f"By kind: {kind_words(rule)}", indent, width)
            if rule.examples:
                lines += _wrapped(f"Examples: {', '.join(rule.examples)}", indent, width)
    times = result.times
    if times:
        lines += ["", TIMES, *aligned([TIME_HEADINGS, *map(time_cells, times)], left=(0,))]
    return lines


def aligned(rows: Sequence[Sequence[str]], left: Sequence[int]) -> list[str]:
    """Rows of cells as lines of columns, two spaces apart; the columns in `left` begin, the others end, alike."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"  {_GAP.join(cells)}".rstrip())
    return lines


def _rule_cells(rule: JudgedRule) -> tuple[str, str, str, str]:
    count = NOT_CHECKED if rule.count is None else f"{rule.count:,}"
    of = "" if rule.of is None else f"{rule.of:,}"
    return STATES[rule.status], count, of, f"{rule.title} [{rule.code}]"


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text, max(width, indent + 20), initial_indent=before, subsequent_indent=f"{before}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
