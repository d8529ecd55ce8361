"""How a state is written: always a word, and a color beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from oneroster_checks.finding import Status
from oneroster_checks.labels import STATE_ORDER, STATE_WORDS
from oneroster_checks.visible import visible

# The column of a state at the beginning of a row.
STATE_WIDTH = 11
_STYLES = {
    Status.PASS: "$text-success",
    Status.WARN: "$text-warning",
    Status.FAIL: "bold $text-error",
    Status.SKIP: "$text-muted",
    Status.ASK: "$text-accent",
    Status.ERROR: "bold $text-error",
}


def style_of(status: Status) -> str:
    """The color of a state, for other words for it."""
    return _STYLES[status]


def stated(status: Status, width: int = 0) -> Content:
    """The word of a state in its color, filled up to a width."""
    return Content.styled(STATE_WORDS[status].ljust(width), _STYLES[status])


def plain(text: str, style: str = "") -> Content:
    """One line as it is, never read as markup; what would act in it, line breaks too, is shown as an escape."""
    return _content(visible(text), style)


def address(url: str, *, linked: bool) -> Content:
    """An address of this program's own, as a link that a terminal follows where it is `linked`."""
    return Content.styled(visible(url), Style(link=url)) if linked else plain(url)


def several_lines(text: str, style: str = "") -> Content:
    """A text whose line breaks are this program's own, otherwise as `plain`."""
    return _content(visible(text, lines=True), style)


def _content(text: str, style: str) -> Content:
    return Content.styled(text, style) if style else Content(text)


def tally(states: Iterable[Status]) -> str:
    """How many of each state, in words: "1 fail, 2 warning, 30 pass"."""
    counted = Counter(states)
    return ", ".join(
        f"{counted[status]} {STATE_WORDS[status].lower()}" for status in STATE_ORDER if counted[status]
    )
