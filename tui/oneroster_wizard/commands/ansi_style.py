"""The marks of a text on this terminal: colors by state, bold headings, and links, each where it can show them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from oneroster_checks.finding import Status

from ..terminal_features import columns_of, shows_colors, shows_links

if TYPE_CHECKING:
    from oneroster_checks.report.text_style import TextStyle

# The terminal's own sixteen colors, so that its theme decides how they look.
_COLORS: Mapping[Status, str] = {
    Status.PASS: "32",
    Status.WARN: "33",
    Status.FAIL: "1;31",
    Status.ERROR: "1;35",
    Status.ASK: "36",
    Status.SKIP: "2",
}
_BOLD = "1"
# Narrower than this a text is no text any more; the terminal breaks the lines itself.
_NARROWEST = 40


class AnsiStyle:
    """A text style of escape sequences."""

    def __init__(self, *, colors: bool, links: bool) -> None:
        self._colors = colors
        self._links = links

    def state(self, word: str, status: Status) -> str:
        """The word of a state, in its color."""
        return self._marked(word, _COLORS[status])

    def heading(self, words: str) -> str:
        """The line above a list, in bold."""
        return self._marked(words, _BOLD)

    def link(self, words: str, address: str) -> str:
        """Words that lead to an address, which is one of this program's own; "" where the terminal cannot."""
        return f"\033]8;;{address}\033\\{words}\033]8;;\033\\" if self._links else ""

    def _marked(self, words: str, code: str) -> str:
        return f"\033[{code}m{words}\033[0m" if self._colors else words


def style_here() -> TextStyle:
    """The style for standard output: no marks where no person looks."""
    return AnsiStyle(colors=shows_colors(sys.stdout), links=shows_links(sys.stdout))


def columns_here() -> int:
    """The columns of a text on standard output: the terminal's own, or those of a report in a file."""
    from oneroster_checks.report.text import WIDTH

    return max(_NARROWEST, columns_of(sys.stdout, WIDTH))
