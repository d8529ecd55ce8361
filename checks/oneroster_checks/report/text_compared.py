"""Two runs side by side as plain text: three columns, or one below the other where there is no room for them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..finding import Status
from ..result import Result
from ..when import moment_words
from .closing import name_of
from .compared import RunComparison
from .compared_rows import ComparedKind, ComparedRow

_DIFFERENT, _ALIKE, _OF_ONE = "What differs", "The same in both", "Known from one run only"
# The columns of the labels, what stands between two columns, and the least room for one run.
_LABEL, _GAP, _LEAST = 24, "  ", 24
_INDENT = "  "
# What people need no line for where it is the same in both runs.
_QUIET = (Status.PASS, Status.SKIP)


def comparison_text(comparison: RunComparison, width: int, *, everything: bool = False) -> str:
    """A comparison as lines of at most `width` columns where its words can be broken, ending in a line break.

    Without `everything`, the checks that passed or were skipped in both runs, and what only one run knows, are only
    counted.
    """
    names = (_name("A", comparison.left), _name("B", comparison.right))
    lines = [*names, "", *_section(_DIFFERENT, comparison.different, width)]
    if not comparison.different:
        lines = [*names, "", "Nothing differs."]
    alike = comparison.alike
    told = [row for row in alike if everything or not _is_quiet(row)]
    lines += ["", *_section(_ALIKE, told, width)] if told else []
    of_one = comparison.known_of_one
    if everything:
        lines += ["", *_section(_OF_ONE, of_one, width)] if of_one else []
        return "\n".join(lines) + "\n"
    left_out = len(alike) - len(told)
    quiet = (
        "1 check that passed or was skipped"
        if left_out == 1
        else f"{left_out} checks that passed or were skipped"
    )
    parts = [f"{quiet} in both runs"] if left_out else []
    values = "1 value that is" if len(of_one) == 1 else f"{len(of_one)} values that are"
    parts += [f"{values} known from one run only"] if of_one else []
    if parts:
        lines += ["", *textwrap.wrap(f"Not listed: {', and '.join(parts)} (-v lists them).", width)]
    return "\n".join(lines) + "\n"


def _name(letter: str, result: Result) -> str:
    return f"{letter}: {name_of(result)}, {moment_words(result.started)}"


def _is_quiet(row: ComparedRow) -> bool:
    states = {value.status for value in (row.left, row.right) if value}
    return row.kind is ComparedKind.FINDING and states <= set(_QUIET)


def _section(heading: str, rows: Sequence[ComparedRow], width: int) -> Iterator[str]:
    room = (width - len(_INDENT) - _LABEL - 2 * len(_GAP)) // 2
    yield from _three(heading, "A", "B", "", room) if room >= _LEAST else [heading]
    for row in rows:
        if room >= _LEAST:
            yield from _three(row.label, *row.words, _INDENT, room)
            continue
        yield from textwrap.wrap(row.label, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
        for letter, words in zip("AB", row.words, strict=True):
            yield from textwrap.wrap(
                f"{letter}: {words}", width, initial_indent="    ", subsequent_indent="       "
            )


def _three(label: str, left: str, right: str, indent: str, room: int) -> Iterator[str]:
    """One row as lines of three columns."""
    widths = (_LABEL + len(_INDENT) - len(indent), room, room)
    cells = [
        textwrap.wrap(text, size, break_on_hyphens=False)
        for text, size in zip((label, left, right), widths, strict=True)
    ]
    for parts in zip_longest(*cells, fillvalue=""):
        columns = (part.ljust(size) for part, size in zip(parts, widths, strict=True))
        yield f"{indent}{_GAP.join(columns)}".rstrip()
