"""The steps of a fix as a table of who and what: a line each, or the whole text of each."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.style import Style

from oneroster_checks.labels import WHO
from oneroster_checks.result import Step

from .result_words import hanging
from .state import plain

_WHO_WIDTH = max(map(len, WHO.values())) + 4
# The click path stands below its step, a little to the right of the numbers.
_PATH_INDENT = 2


def step_table(fix: Iterable[Step], width: int, *, whole: bool) -> Iterator[Content]:
    """A row for each step, in `width` columns: its whole text, or in one line; below, once, the click path.

    A text that fits on a line is always whole. The click path leads to the help page of its screen where the terminal
    follows links.
    """
    for number, step in enumerate(fix, start=1):
        who = plain(f"{number} {WHO[step.who]}".ljust(_WHO_WIDTH), "bold")
        text = step.apart or step.text
        if not whole and len(text) > width - _WHO_WIDTH:
            text = step.line or text
        yield hanging(who, width, text, indent=_WHO_WIDTH)
        for path in step.path:
            row = hanging(plain(" " * _PATH_INDENT), width, path, indent=_PATH_INDENT)
            yield row.stylize(_linked(step))


def _linked(step: Step) -> Style:
    from oneroster_checks.causes.help_pages import page_of_screen
    from oneroster_wizard.terminal_features import shows_links

    page = page_of_screen(step.screen)
    return Style(link=page.address) if page and shows_links(sys.__stdout__) else Style()
