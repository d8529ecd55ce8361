"""Runs the checks in order and streams what happens, down to the root cause."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Unpack

from ..connection import Connection, Credentials
from ..events import Event, RunFinished, RunStarted
from ..result import Result
from ..target import make_target
from ..validation import validate
from .options import RunOptions, depth_of, validate_options, validate_writes
from .plan import info, plan, with_waiting
from .telling import Tell
from .work import Then, Work


async def run(connection: Connection, credentials: Credentials, **options: Unpack[RunOptions]) -> Result:
    """Run the checks of a connection to their end and give the result. Raises what `stream` raises."""
    return await run_telling(connection, credentials, options, lambda event: None)


async def run_telling(
    connection: Connection, credentials: Credentials, options: RunOptions, tell: Tell
) -> Result:
    """The same, and tell each event, at once. What `tell` raises ends the run, too."""
    failed: list[Exception] = []

    def told(event: Event) -> None:
        if not failed:
            try:
                tell(event)
            except Exception as error:
                # It must not be taken for a fault of the check that goes on.
                failed.append(error)
                task.cancel()

    work, started = _begun(connection, credentials, options, told)
    task = asyncio.create_task(work.run())
    try:
        told(started)
        await asyncio.wait([task])
    finally:
        await _ended(task, work)
    if failed:
        raise failed[0]
    return task.result()


async def stream(
    connection: Connection, credentials: Credentials, **options: Unpack[RunOptions]
) -> AsyncGenerator[Event, None]:
    """Run the checks of a connection and yield what happens; the last event is `RunFinished`.

    InvalidConnection, UnknownProvider, InvalidOption, UnknownCheck, CAFileError or ProxyError when the input
    cannot be used, TypeError for an unknown option; nothing that a server does raises. Closing the generator
    cancels the run and leaves nothing open.
    """
    async with aclosing(stream_then(connection, credentials, options)) as events:
        async for event in events:
            yield event


async def stream_then(
    connection: Connection, credentials: Credentials, options: RunOptions, then: Then | None = None
) -> AsyncGenerator[Event, None]:
    """The same with something that is done behind the checks, which may send what the run can; what it raises, too."""
    queue: asyncio.Queue[Event | BaseException] = asyncio.Queue()
    work, started = _begun(connection, credentials, options, queue.put_nowait, then)
    yield started
    task = asyncio.create_task(work.run())
    task.add_done_callback(lambda done: queue.put_nowait(_error_of(done)))
    try:
        while True:
            event = await queue.get()
            if isinstance(event, BaseException):
                raise event
            yield event
            if isinstance(event, RunFinished):
                return
    finally:
        await _ended(task, work)


def _begun(
    connection: Connection,
    credentials: Credentials,
    options: RunOptions,
    tell: Tell,
    then: Then | None = None,
) -> tuple[Work, RunStarted]:
    """A run that can begin, once its input was looked at, and its first event. Raises what `stream` raises."""
    validate(connection, credentials)
    validate_options(options)
    only, previous = options.get("only"), options.get("previous")
    if only is not None and previous is not None:
        only = with_waiting(only, previous)
    target = make_target(connection, credentials)
    validate_writes(connection, credentials, options)
    set_options = [name for name, value in options.items() if value]
    checks = plan(target, only, depth_of(options), set_options, options.get("consumer"))
    work = Work(target, checks, tell, options, then)
    return work, RunStarted(tuple(info(check) for check in checks), at=work.now())


async def _ended(task: asyncio.Task[Result], work: Work) -> None:
    """End a run, and wait for it: it may have something to remove first.

    CancelledError only then, where the waiting was canceled meanwhile.
    """
    task.cancel()
    canceled = False
    try:
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError:
                canceled = True
        if canceled:
            raise asyncio.CancelledError
    finally:
        await work.aclose()


def _error_of(task: asyncio.Task[Result]) -> BaseException:
    if task.cancelled():
        return asyncio.CancelledError()
    return task.exception() or asyncio.CancelledError()
