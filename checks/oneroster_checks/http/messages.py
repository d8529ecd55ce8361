"""A request as it goes out, and an answer whose body is still to come, as every way to a host has them.

They hold credentials and what a server says, and no repr shows any of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..urls import Place
from .progress import Progress

RawHeaders = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, repr=False)
class Destination:
    """An address as it is sent: its text, where it leads, and what a request says of both.

    The host of `place` is in ASCII; `host` is the value of the Host header, and `target` the path with the query.
    """

    text: str
    place: Place
    host: bytes
    target: bytes


@dataclass(frozen=True, slots=True, repr=False)
class HttpRequest:
    """A request with its headers in their order, Host and Content-Length among them."""

    method: str
    destination: Destination
    headers: RawHeaders
    content: bytes


class AnswerBody(Protocol):
    """The body of an answer as it comes, in pieces."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None:
        """Leave the rest of it; safe to call more than once."""


@dataclass(frozen=True, slots=True, repr=False)
class HttpAnswer:
    """The head of an answer, with its headers as they came, and its body."""

    status: int
    headers: RawHeaders
    body: AnswerBody


class Transport(Protocol):
    """A way to hosts."""

    async def send(self, request: HttpRequest, progress: Progress) -> HttpAnswer:
        """The answer to a request; an error of the library of HTTP, or of the system, without one.

        `progress` is told what begins: the connection, TLS, and the request itself.
        """
        ...

    async def aclose(self) -> None:
        """Close its connections."""
