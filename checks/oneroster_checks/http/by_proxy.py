"""The way to a host through a proxy, which the library of HTTP knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import httpx

from .messages import HttpAnswer, HttpRequest
from .progress import Progress


class ByProxy:
    """Sends by a transport of the library; `timeouts` are the time limits of a request, as it takes them."""

    def __init__(self, transport: httpx.AsyncBaseTransport, timeouts: Mapping[str, float | None]) -> None:
        self._transport = transport
        self._timeouts = timeouts

    async def send(self, request: HttpRequest, progress: Progress) -> HttpAnswer:
        """The answer to a request; an error of the library without one."""
        sent = httpx.Request(
            request.method,
            request.destination.text,
            headers=list(request.headers),
            content=request.content or None,
            extensions={"timeout": self._timeouts, "trace": progress.follow},
        )
        answer = await self._transport.handle_async_request(sent)
        return HttpAnswer(answer.status_code, answer.headers.raw, _BodyByProxy(answer))

    async def aclose(self) -> None:
        """Close its connections."""
        await self._transport.aclose()


class _BodyByProxy:
    """The body of an answer of the library, packed as it came: its own reading would unpack it."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        stream = self._answer.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        return aiter(stream)

    async def aclose(self) -> None:
        await self._answer.aclose()
