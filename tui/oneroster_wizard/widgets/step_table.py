"""The steps of a fix as a table of who and what: a line each, or the whole text of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from oneroster_checks.labels import WHO
from oneroster_checks.result import Step

from .result_words import hanging
from .state import plain

_WHO_WIDTH = max(map(len, WHO.values())) + 4
# The click path stands below its step, a little to the right of the numbers.
_PATH_INDENT = 2


def step_table(fix: Iterable[Step], width: int, *, whole: bool = True) -> Iterator[Content]:
    """A row for each step, in `width` columns: its whole text, or in one line, with the click path once below."""
    for number, step in enumerate(fix, start=1):
        who = plain(f"{number} {WHO[step.who]}".ljust(_WHO_WIDTH), "bold")
        short = not whole and not fits_on_a_line(step, width)
        text = step.line if short and step.line else step.text
        yield hanging(who, width, text, indent=_WHO_WIDTH)
        if text != step.text and step.path:
            yield hanging(plain(" " * _PATH_INDENT), width, f"{step.path}", indent=_PATH_INDENT)


def fits_on_a_line(step: Step, width: int) -> bool:
    """Whether the whole text of a step has room beside who takes it, in a table of `width` columns."""
    return len(step.text) <= width - _WHO_WIDTH
