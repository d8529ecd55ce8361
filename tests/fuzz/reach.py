"""Whom this process looks up and connects to, as the interpreter itself reports it."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

# The sets that are filled at the moment; a hook of the interpreter stays for the life of a process.
_listening: list[set[str]] = []
_hooked: list[bool] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if not _listening or event not in ("socket.connect", "socket.getaddrinfo"):
        return
    address = args[1] if event == "socket.connect" else (args[0], args[1])
    host, port = address[:2] if isinstance(address, tuple) else (address, "")
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host)
    for reached in _listening:
        reached.add(f"{name}:{port}")


@contextmanager
def reached() -> Generator[set[str]]:
    """Host and port, as "host:port", of everything that is looked up or connected to within it."""
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_note)
    found: set[str] = set()
    _listening.append(found)
    try:
        yield found
    finally:
        _listening.remove(found)
