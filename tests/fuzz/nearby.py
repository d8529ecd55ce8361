"""Keeps a process on this machine: no name of another one is looked up, and none is connected to."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

_LOCAL = ("127.", "::1", "localhost")


@contextmanager
def only_nearby() -> Generator[None]:
    """Within it, every name but those of this machine is unknown."""
    look_up = socket.getaddrinfo

    def guarded(host: Any, *args: Any, **more: Any) -> Any:
        name = host.decode("latin-1") if isinstance(host, bytes) else str(host)
        if host and not name.startswith(_LOCAL):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *args, **more)

    socket.getaddrinfo = guarded
    try:
        yield
    finally:
        socket.getaddrinfo = look_up
