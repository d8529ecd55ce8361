"""How many CPU seconds the judge of a full read spends on what: its thread's own clock, read around each call."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

# What the methods of the judge do, in the words of the bench.
_PHASES = {
    "strict": "decoding", "lenient": "decoding again", "add": "keeping", "found": "rules", "numbers": "rules",
}  # fmt: skip


def watch_judge() -> dict[str, float]:
    """CPU seconds by phase, filled while a full read runs; it stays at nothing for an engine without a judge.

    The judge works on one thing at a time in a thread of its own, so what other threads spend during a call is spent
    on it.
    """
    spent: dict[str, float] = dict.fromkeys(_PHASES.values(), 0.0)
    try:
        judge = import_module("oneroster_checks.records.judge").Judge
    except ImportError:
        return spent
    for method, phase in _PHASES.items():
        if hasattr(judge, method):
            setattr(judge, method, _timed(getattr(judge, method), phase, spent))
    return spent


def _timed(
    method: Callable[..., Awaitable[Any]], phase: str, spent: dict[str, float]
) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(method)
    async def timed(*values: Any, **named: Any) -> Any:
        before = _others()
        try:
            return await method(*values, **named)
        finally:
            spent[phase] += _others() - before

    return timed


def _others() -> float:
    """CPU seconds of all living threads but the main one."""
    seconds = 0.0
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and thread.ident is not None:
            # A thread may end between being listed and being asked.
            with suppress(OSError):
                seconds += time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
    return seconds
