"""Waiting until an app has nothing left to do: the end of a burst of work, not the passing of some time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from textual.app import App
from textual.screen import Screen

# Seconds until an app that never comes to rest fails the test.
LIMIT_S = 30.0
# An answer of a thread or a task comes one turn of the loop after it is ready, and may set off the next.
QUIET_TURNS = 3


async def until_idle(app: App[Any], *, workers: bool = True, timers: bool = True) -> None:
    """Wait until no message, callback, refresh or animation is outstanding.

    Nor a worker, with `workers`, or a timer that fires once, with `timers`. An error of the app is raised here.
    """
    ends = time.monotonic() + LIMIT_S
    quiet = 0
    while quiet < QUIET_TURNS:
        if app._exception is not None:
            raise app._exception
        work = next(_outstanding(app, workers=workers, timers=timers), "")
        assert time.monotonic() < ends, f"the app never comes to rest: {work}"
        quiet = 0 if work else quiet + 1
        # A worker may wait for the network or a thread: then the loop sleeps until that is there.
        await asyncio.sleep(0.002 if work else 0)


def _outstanding(app: App[Any], *, workers: bool, timers: bool) -> Iterator[str]:
    """What is still to be done, in words for a failing test."""
    if not app._running or app._exit:
        return
    pumps: list[Any] = [app]
    for screen in app._screen_stack if app._screen_stacks else ():
        pumps += screen.walk_children(with_self=True)
    for pump in pumps:
        if not _waits_for_a_message(pump):
            yield f"messages of {pump}"
        if not pump._mounted_event.is_set():
            yield f"the mounting of {pump}"
        if timers and any(
            timer._repeat == 0 and timer._task and not timer._task.done() for timer in pump._timers
        ):
            yield f"a timer of {pump}"
    if app._screen_stack and _refreshes(app.screen):
        yield f"a refresh of {app.screen}"
    if app.animator._animations or app.animator._scheduled:
        yield "an animation"
    if workers:
        yield from (f"the worker {worker.name}" for worker in app.workers if not worker.is_finished)


def _waits_for_a_message(pump: Any) -> bool:
    """Whether every message was handled to its end: a pump that handles one does not wait for the next."""
    queue = pump._message_queue
    waiters = queue.ready_event._waiters
    return queue.empty() and not pump._next_callbacks and any(not waiter.done() for waiter in waiters)


def _refreshes(screen: Screen[Any]) -> bool:
    return bool(
        screen._dirty_widgets
        or screen._callbacks
        or screen._layout_required
        or screen._repaint_required
        or screen._scroll_required
        or screen._recompose_required
        or screen._update_timer._active.is_set()
    )
