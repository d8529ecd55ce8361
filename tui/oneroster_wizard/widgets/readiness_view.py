"""What a move will take, before there is a new connection: the expiry, the changes, and the steps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from oneroster_checks.moving.readiness import Readiness
from oneroster_checks.report.readiness import readiness_text
from oneroster_checks.report.text_style import Unmarked
from oneroster_wizard.draft import Draft

from .details import heading
from .state import plain


class ReadinessView(VerticalScroll, can_focus=True):
    """Shows it in a frame; it scrolls."""

    def __init__(self, readiness: Readiness, draft: Draft) -> None:
        super().__init__(id="readiness", classes="framed")
        self._readiness = readiness
        self._draft = draft
        self.border_title = plain("What the move will take")

    def compose(self) -> ComposeResult:
        yield Static(id="readiness-text")

    def on_resize(self) -> None:
        # It is wrapped by hand, so a new width means new lines.
        width = self.scrollable_content_region.width - 1
        self.query_one("#readiness-text", Static).update(
            readiness_words(self._readiness, self._draft, max(40, width))
        )


class _Headings(Unmarked):
    """Notes which lines are headings."""

    def __init__(self) -> None:
        self.known: set[str] = set()

    def heading(self, words: str) -> str:
        """The words as they are."""
        self.known.add(words)
        return words


def readiness_words(readiness: Readiness, draft: Draft, width: int) -> Content:
    """The text of the report, with its headings in bold."""
    style = _Headings()
    text = readiness_text(readiness, draft.profile, draft.connection, width=width, style=style)
    return Content("\n").join(
        heading(line) if line in style.known else plain(line) for line in text.rstrip("\n").split("\n")
    )
