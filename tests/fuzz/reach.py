"""Whom this process looks up and connects to."""

from __future__ import annotations

import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

# The sets that are filled at the moment; a hook of the interpreter stays for the life of a process.
_listening: list[set[str]] = []
_hooked: list[bool] = []


def _note(host: object, port: object) -> None:
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host)
    for reached in _listening:
        reached.add(f"{name}:{port}")


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _listening and event == "socket.connect":
        address = args[1]
        _note(*(address[:2] if isinstance(address, tuple) else (address, "")))


@contextmanager
def reached() -> Generator[set[str]]:
    """Host and port, as "host:port", of everything that is looked up or connected to within it.

    Connections are told by the interpreter itself; look-ups are noted before anything else, such as a test's own
    guard, refuses them.
    """
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hook)
    look_up = socket.getaddrinfo

    def noted(host: Any, port: Any, *args: Any, **more: Any) -> Any:
        _note(host, port)
        return look_up(host, port, *args, **more)

    found: set[str] = set()
    _listening.append(found)
    socket.getaddrinfo = noted
    try:
        yield found
    finally:
        socket.getaddrinfo = look_up
        _listening.remove(found)
