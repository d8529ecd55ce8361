"""How often Python looks for what is held by nothing but itself, while many runs are under way."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

# A run leaves some fifty such objects behind, and a thousand of them go through as many in a second as Python, unless
# told, collects each time: it would look at all that the runs hold again and again, in vain.
_OBJECTS = 50_000


@contextmanager
def collected_rarely() -> Generator[None]:
    """Within it garbage is collected when there is more of it; whoever collects none, or as rarely, goes on so."""
    before = gc.get_threshold()
    if 0 < before[0] < _OBJECTS:
        gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
