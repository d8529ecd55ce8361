"""How the program ends when it is told to: by Ctrl+C, SIGTERM, or SIGHUP.

A handler that raises would raise anywhere: in an import, in a destructor that swallows it, in the middle of the
event loop. So none raises. Whoever can end in good order listens; where nobody does, or the good order takes too
long, or the signal comes again, the program leaves at once: the terminal is put back, and the system closes every
connection.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager, suppress

# As type checkers read it. `typing` itself takes longer to import than the rest of what `--help` stands on.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from typing import Any, NoReturn, TypeVar

    T = TypeVar("T")

Listener = Callable[[int], None]
Undo = Callable[[], None]

# What a shell adds to the number of the signal that ended a program.
_BY_SIGNAL = 128


class Stopped(BaseException):
    """The program was told to end, and what ran has ended in good order; `number` is that of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """130 for Ctrl+C, 143 for SIGTERM, 129 for SIGHUP."""
        return _BY_SIGNAL + self.number


class _State:
    """What this process knows of signals: the first that came, who listens, and what to undo when leaving."""

    def __init__(self) -> None:
        self.told: int | None = None
        self.listeners: list[Listener] = []
        self.undo: list[Undo] = []
        self.installed = False
        # How long the good order may take, longer than usual where it is not None.
        self.order_s: Callable[[], float] | None = None
        # The modes of the terminal's line before anything changed them.
        self.line: list[Any] | None = None


_state = _State()


def install() -> None:
    """From now on the signals end this program in good order or at once, and the terminal is as it was."""
    _state.installed = True
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What nohup and a shell's background jobs ignore stays ignored.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _came)
            # The first to be registered is called last. From there on the interpreter takes itself apart, and the
            # exit code stays that of the work that is done.
            atexit.register(signal.signal, number, signal.SIG_IGN)
    _state.undo.append(put_line_back)
    _state.line = _line_modes()


def installed() -> bool:
    """Whether this process is this program's own, and not one that only imports it."""
    return _state.installed


def _came(number: int, frame: object) -> None:
    first = _state.told is None
    if first:
        _state.told = number
    if not first or not _state.listeners:
        leave(number)
    _leave_later(number)
    _state.listeners[-1](number)


def leave(number: int) -> NoReturn:
    """End this process now, without a word of Python's own; the exit code is that of the signal."""
    for undo in reversed(_state.undo):
        with suppress(Exception):
            undo()
    say_stopped(number)
    os._exit(_BY_SIGNAL + number)


def say_stopped(number: int) -> None:
    """Say that a person interrupted; after any other signal nobody is there who reads."""
    if number == signal.SIGINT:
        with suppress(OSError):
            os.write(2, b"Interrupted.\n")


def _leave_later(number: int) -> None:
    """Leave when the good order takes too long."""
    import threading

    timer = threading.Timer(good_order_s(), leave, (number,))
    timer.daemon = True
    timer.start()


def good_order_s() -> float:
    """How many seconds the good order after a signal may take that comes now."""
    from .limits import GOOD_ORDER_S

    return _state.order_s() if _state.order_s else GOOD_ORDER_S


@contextmanager
def listening(listener: Listener) -> Generator[None]:
    """Within it, `listener` is called with the first signal, at any moment of the main thread.

    It must only set something off, and never raise. `raise_if_told` afterwards tells whether a signal came.
    """
    _state.listeners.append(listener)
    try:
        yield
    finally:
        _state.listeners.remove(listener)


@contextmanager
def listening_in(loop: AbstractEventLoop, act: Callable[[], object]) -> Generator[None]:
    """Within it, `act` is called in an event loop after the first signal."""

    def listener(number: int) -> None:
        # The loop may have been closed in the meantime.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(act)

    with listening(listener):
        yield


@contextmanager
def undoing(undo: Undo) -> Generator[None]:
    """Within it, `undo` is called when the program leaves at once."""
    _state.undo.append(undo)
    try:
        yield
    finally:
        _state.undo.remove(undo)


@contextmanager
def taking_longer(seconds: float | Callable[[], float]) -> Generator[None]:
    """Within it, the good order after a signal may take so many seconds; a second signal still ends it at once.

    A function tells them when the signal comes.
    """
    before, _state.order_s = _state.order_s, seconds if callable(seconds) else lambda: seconds
    try:
        yield
    finally:
        _state.order_s = before


@contextmanager
def finishing() -> Generator[None]:
    """Within it, the first signal waits: a short work that should be done whole. Stopped is raised afterwards."""
    with listening(lambda number: None):
        yield
    raise_if_told()


def told() -> int | None:
    """The number of the signal that came, None when none did."""
    return _state.told


def raise_if_told() -> None:
    """Stopped when a signal came."""
    if _state.told is not None:
        raise Stopped(_state.told)


def run(main: Coroutine[Any, Any, T], on_signal: Callable[[], object] = lambda: None) -> T:
    """What `asyncio.run` does, but for a signal: it cancels `main`, and Stopped is raised when all is closed.

    `on_signal` is called before `main` is canceled.
    """
    import asyncio

    async def stoppable() -> T:
        task = asyncio.current_task()
        assert task is not None

        def stop() -> None:
            on_signal()
            task.cancel()

        with listening_in(asyncio.get_running_loop(), stop):
            if told() is not None:
                # It came before this loop was there, to somebody who only waited.
                stop()
            return await main

    try:
        result = asyncio.run(stoppable())
    except asyncio.CancelledError:
        raise_if_told()
        raise
    raise_if_told()
    return result


def put_line_back() -> None:
    """Give the terminal the modes back that it had when the program began, such as the echo of what is typed."""
    if _state.line is not None:
        import termios

        with suppress(termios.error):
            echoes = termios.tcgetattr(0)[3] & termios.ECHO
            # What was typed unseen, half a secret say, must not come up behind the prompt of the shell.
            termios.tcsetattr(0, termios.TCSANOW if echoes else termios.TCSAFLUSH, _state.line)


def _line_modes() -> list[Any] | None:
    """The modes of the terminal on standard input; None without one."""
    if sys.platform == "win32" or not _is_terminal(0):
        return None
    import termios

    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False
