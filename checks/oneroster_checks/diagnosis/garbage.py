"""How often Python looks for what is held by nothing but itself, while many runs are under way."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from contextlib import contextmanager

# Python, unless told, looks behind every 700 new objects through all that the runs hold. Hardly any of it is garbage: a
# run leaves some sixty objects that only a look finds.
_OBJECTS = 200_000
_lock = threading.Lock()
# The thresholds to go back to, once for each who is within: many runs may go on in several threads.
_before: list[tuple[int, int, int]] = []


@contextmanager
def collected_rarely() -> Generator[None]:
    """Within it garbage is collected when there is more of it; whoever collects none, or as rarely, goes on so."""
    with _lock:
        usual = _before[0] if _before else gc.get_threshold()
        _before.append(usual)
        if 0 < usual[0] < _OBJECTS:
            gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        with _lock:
            _before.pop()
            if not _before:
                gc.set_threshold(*usual)
