"""The collections of a full read as it goes on: a bar for each, with its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from oneroster_checks.events import ReadProgress
from oneroster_wizard.limits import READ_BAR_COLUMNS
from oneroster_wizard.read_words import pace_words

from .state import plain


class ReadBars(VerticalScroll, can_focus=False):
    """Shows how far each collection has come; nothing while none was read."""

    def __init__(self) -> None:
        super().__init__(id="reads")
        self._shown: dict[str, ReadProgress] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="read-bars")

    def show_reads(self, reads: Mapping[str, ReadProgress]) -> None:
        """Show the collections that were read so far, in the order of reading."""
        if reads == self._shown:
            return
        self._shown = dict(reads)
        self.display = bool(reads)
        self.query_one("#read-bars", Static).update(read_bars(reads))
        # The one that is read now is the last.
        self.scroll_end(animate=False)


def read_bars(reads: Mapping[str, ReadProgress]) -> Content:
    """One line a collection: its name, a bar, how many records of how many came, and how fast."""
    if not reads:
        return Content("")
    names = max(map(len, reads))
    numbers = {name: _numbers(read) for name, read in reads.items()}
    wide = max(map(len, numbers.values()))
    # How long it takes matters most, so that a narrow terminal cuts off the rest.
    paces = {name: pace_words(read)[::-1] for name, read in reads.items()}
    widths = [max(map(len, column)) for column in zip(*paces.values(), strict=True)]
    return Content("\n").join(
        Content.assemble(
            plain(f"{name.ljust(names)}  "),
            _bar(read),
            plain(f"  {numbers[name].rjust(wide)}  "),
            plain("  ".join(map(str.rjust, paces[name], widths)), "$text-muted"),
        )
        for name, read in reads.items()
    )


def _numbers(read: ReadProgress) -> str:
    return f"{read.records:,}" if read.of in (None, read.records) else f"{read.records:,} of {read.of:,}"


def _bar(read: ReadProgress) -> Content:
    """A bar as far as it is known; one whose end nobody knows moves on with every page."""
    if read.of:
        cells = min(READ_BAR_COLUMNS, round(READ_BAR_COLUMNS * read.records / read.of))
    else:
        cells = READ_BAR_COLUMNS if read.ended else 1
    # What is missing has another sign, so that no color is needed to see it.
    return Content.assemble(
        plain("█" * cells, "$primary"), plain("░" * (READ_BAR_COLUMNS - cells), "$text-muted")
    )
