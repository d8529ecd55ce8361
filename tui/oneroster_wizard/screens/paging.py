"""The page keys on a screen where more than one thing scrolls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.widget import Widget
from textual.widgets import DataTable, OptionList


def page_of(widget: Widget | None, way: int) -> bool:
    """Move what has the focus by a page, down for 1 and up for -1; False where it has nothing more that way."""
    match widget:
        case OptionList():
            at, last = widget.highlighted or 0, widget.option_count - 1
            move: Callable[[], None] = widget.action_page_down if way > 0 else widget.action_page_up
            # Headings cannot be chosen, so the first row that can be is where it ends.
            top = next((place for place in range(last + 1) if not widget.options[place].disabled), 0)
        case DataTable():
            at, last, top = widget.cursor_row, widget.row_count - 1, 0
            move = widget.action_page_down if way > 0 else widget.action_page_up
        case Widget() if widget.allow_vertical_scroll:
            at, last, top = round(widget.scroll_target_y), widget.max_scroll_y, 0
            move = partial(widget.scroll_relative, y=way * max(1, widget.size.height - 1), animate=False)
        case _:
            return False
    if at >= last if way > 0 else at <= top:
        return False
    move()
    return True
