"""A real program on a real pseudo-terminal: what it writes, byte by byte, and keys for it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import termios
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

ROWS, COLUMNS = 40, 140
LIMIT_S = 90.0


class RealTerminal:
    """The master side: `written` is everything that the program wrote so far."""

    def __init__(self, process: asyncio.subprocess.Process, master: int) -> None:
        self.process = process
        self.written = b""
        self._master = master
        self._came = asyncio.Event()
        asyncio.get_running_loop().add_reader(master, self._read)

    def _read(self) -> None:
        try:
            piece = os.read(self._master, 65536)
        except OSError:
            # The program has closed its side.
            piece = b""
        if not piece:
            asyncio.get_running_loop().remove_reader(self._master)
        self.written += piece
        self._came.set()

    def keys(self, text: str) -> None:
        """Type, or paste between the marks of a bracketed paste."""
        os.write(self._master, text.encode())

    async def until(self, text: str, *, after: int = 0) -> int:
        """Wait until a text is written behind a place; gives the place behind it."""
        async with asyncio.timeout(LIMIT_S):
            while text.encode() not in self.written[after:]:
                self._came.clear()
                await self._came.wait()
        return self.written.index(text.encode(), after) + len(text.encode())

    async def ended(self) -> int:
        """Wait for the end of the program; gives its exit code."""
        async with asyncio.timeout(LIMIT_S):
            return await self.process.wait()


@asynccontextmanager
async def on_a_terminal(
    command: Sequence[str], environment: Mapping[str, str]
) -> AsyncGenerator[RealTerminal]:
    """Run a command with a pseudo-terminal as its input, output and errors until the test is done with it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=slave, stdout=slave, stderr=slave, env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    terminal = RealTerminal(process, master)
    try:
        yield terminal
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        asyncio.get_running_loop().remove_reader(master)
        os.close(master)
