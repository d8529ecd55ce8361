"""The sizes of the window, in cells, from which on screens are laid out otherwise, each with its class."""

from __future__ import annotations

# Below these no screen can be read; from the second of each on there is room for panes side by side and large buttons.
LEAST_WIDTH, LEAST_HEIGHT = 60, 20
_WIDE, _TALL = 110, 32

WIDTHS = ((0, "-slim"), (LEAST_WIDTH, "-narrow"), (_WIDE, "-wide"))
HEIGHTS = ((0, "-low"), (LEAST_HEIGHT, "-short"), (_TALL, "-tall"))


def classes_of(width: int, height: int) -> tuple[str, str]:
    """The classes of a screen in a window of this size."""
    return (
        next(name for least, name in reversed(WIDTHS) if width >= least),
        next(name for least, name in reversed(HEIGHTS) if height >= least),
    )
