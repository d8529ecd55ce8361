"""How many CPU seconds the judge of a full read spends on what: the clock of its threads, read around each step."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

# What the judge does in its threads, in the words of the bench.
_STEPS = (
    ("records.judge", "Judge", "_strict", "decoding"),
    ("records.judge", "Judge", "_lenient", "decoding again"),
    ("records.judge", "Judge", "_add", "keeping"),
    ("records.database", "RecordDatabase", "found", "rules"),
    ("records.database", "RecordDatabase", "numbers", "rules"),
)  # fmt: skip


def watch_judge() -> dict[str, float]:
    """CPU seconds by phase, filled while a full read runs; it stays at nothing for an engine without a judge."""
    spent: dict[str, float] = dict.fromkeys((phase for *_, phase in _STEPS), 0.0)
    for module, owner, method, phase in _STEPS:
        try:
            found = getattr(import_module(f"oneroster_checks.{module}"), owner)
        except (ImportError, AttributeError):
            continue
        if hasattr(found, method):
            setattr(found, method, _timed(getattr(found, method), phase, spent))
    return spent


def _timed(method: Callable[..., Any], phase: str, spent: dict[str, float]) -> Callable[..., Any]:
    @functools.wraps(method)
    def timed(*values: Any, **named: Any) -> Any:
        before = time.thread_time()
        try:
            return method(*values, **named)
        finally:
            spent[phase] += time.thread_time() - before

    return timed
