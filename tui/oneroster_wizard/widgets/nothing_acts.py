"""The last net under everything that reaches the screen, and an input that shows what is pasted into it."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Input

from oneroster_checks.visible import acts, stood_in


class NothingActs(LineFilter):
    """Keeps from the terminal every character that would act on it, whichever widget holds it.

    Widgets show such characters as escapes; this is for what is typed or pasted, and for what was forgotten. The
    columns stay: what is wide becomes as many marks, and what has no width is left out.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with nothing in them that acts."""
        return [
            segment
            if segment.control or _harmless(segment.text)
            else Segment("".join(map(_in_its_columns, segment.text)), segment.style)
            for segment in segments
        ]


def _harmless(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or stood_in(text) == text


def _in_its_columns(char: str) -> str:
    return stood_in(char) * cell_len(char) if acts(char) else char


class PlainInput(Input):
    """An input that shows a mark for each character that would act or that nobody sees; its value stays exact."""

    @property
    def _value(self) -> Text:
        if self.password:
            return super()._value
        return Text(stood_in(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return position if self.password else cell_len(stood_in(self.value)[:position])

    def _cell_offset_to_index(self, offset: int) -> int:
        """The place in the value that a column shows; the columns are those of what is shown."""
        behind = 0
        shown = self._value.plain
        for index, char in enumerate(shown):
            behind += cell_len(char)
            if behind > offset + self.scroll_offset.x:
                return index
        return len(shown)

    def go_to_end(self) -> None:
        """Take the focus with the cursor at the end and nothing selected, so that what follows replaces nothing."""
        self.select_on_focus = False
        self.screen.set_focus(self)
        self.cursor_position = len(self.value)
        self.call_later(setattr, self, "select_on_focus", True)

    def take_paste(self, text: str) -> None:
        """Take a pasted text in the place of what is selected: its first line."""
        if text:
            self.replace(text.splitlines()[0], *self.selection)
