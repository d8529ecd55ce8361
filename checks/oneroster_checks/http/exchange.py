"""One exchange: a request on its way, and what came of it within the limits, or the failure in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx

from ..clock import Clock
from .budget import RunBudget, RunLimitReached
from .connections import Connections
from .content import Content
from .cookies import CookieJar
from .exceptions import NETWORK_ERRORS, NOT_SOCKS, failure_behind
from .failure import Failure, FailureKind, Phase
from .messages import Destination, HttpAnswer, HttpRequest
from .progress import Progress
from .response import headers_of, read_body
from .unpacking import ACCEPTED, Unpacking

# Headers that depend on the address exactly as it is sent, such as a signature over it.
Authorize = Callable[[str], Mapping[str, str]]
# With these methods a server expects to be told that there is no content.
_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
# How the evidence says that a request was ended by a limit of the run.
CUT = "this tool's limit for one run was reached"


class UnsendableHeader(ValueError):
    """A header value holds a character that HTTP does not allow; the value is not repeated."""


@dataclass(frozen=True, repr=False)
class Outgoing:
    """A request to be sent; `authorize` gives further headers, `cookies` those of its host, None for none.

    The method is in capitals; Host, Content-Length and Cookie are not among the headers that are given.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    authorize: Authorize
    content: bytes | None
    cookies: CookieJar | None

    def built(self, destination: Destination) -> HttpRequest:
        """The request to its address as it is sent."""
        sent = {
            "accept": "application/json",
            "accept-encoding": ACCEPTED,
            "connection": "keep-alive",
            **self.headers,
            **self.authorize(destination.text),
        }
        content = self.content or b""
        headers = [
            (b"Host", destination.host),
            # A value outside ASCII is sent as UTF-8; an environment variable that is no UTF-8 as its own bytes.
            *((name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in sent.items()),
        ]
        if content or self.method in _WITH_CONTENT:
            headers.append((b"Content-Length", b"%d" % len(content)))
        if self.cookies is not None:
            headers += self.cookies.header_for(destination)
        return HttpRequest(self.method, destination, headers, content)


@dataclass(frozen=True, repr=False)
class Exchange:
    """What came of a request, after `elapsed_ms`.

    `url` is the address as it was sent, or as it was given where it cannot be. `response` is what came of an answer,
    closed and with no body, None for nothing, and `unpacked` its body, None where it did not come whole. `failure`
    says why there is no whole answer; `cut` is the limit of the run behind it, None for any other reason.
    """

    url: str
    elapsed_ms: int
    response: HttpAnswer | None
    unpacked: Unpacking | None
    failure: Failure | None
    cut: RunLimitReached | None

    @property
    def status(self) -> int | None:
        """The status of what came of an answer, None for nothing."""
        return None if self.response is None else self.response.status

    @property
    def headers(self) -> dict[str, str]:
        """Its headers by name in lower case."""
        return {} if self.response is None else headers_of(self.response.headers)

    def content(self, *, raw: bool = False) -> Content:
        """Its body, read; to be called once, since the bytes are let go.

        With `raw`, the JSON of an answer that is no error comes as it is, where it is within the limits.
        """
        if self.unpacked is None:
            return Content()
        if raw and not self.unpacked.truncated and self.status is not None and 200 <= self.status < 300:
            content = Content.undecoded_json(self.unpacked.body)
            if content is not None:
                return content
        return Content.of(self.unpacked.body, truncated=self.unpacked.truncated)


async def exchange(
    outgoing: Outgoing, connections: Connections, budget: RunBudget, clock: Clock, timeout: float
) -> Exchange:
    """Send a request and read its answer, in at most `timeout` seconds and what the run has left.

    Never raises for what a server or the network does; UnsendableHeader when a header value holds a control character.
    """
    url, started, progress = outgoing.url, clock.monotonic(), Progress()
    response: HttpAnswer | None = None
    unpacked: Unpacking | None = None
    failure: Failure | None = None
    cut: RunLimitReached | None = None
    try:
        async with budget.within(timeout):
            destination = connections.places.destination(url)
            url = destination.text
            await _find_host(url, connections, progress)
            transport = connections.transport_for(url)
            request = outgoing.built(destination)
            progress.phase = Phase.CONNECTING
            response = await transport.send(request, progress)
            progress.phase = Phase.READING
            unpacked = await read_body(response)
    except httpx.LocalProtocolError:
        # The library's message would repeat the value, and the value may be a secret.
        raise UnsendableHeader("A header value has a character that HTTP does not allow.") from None
    except RunLimitReached as reached:
        cut = reached
        failure = Failure(FailureKind.RUN_LIMIT, progress.phase, CUT)
    except NETWORK_ERRORS as error:
        failure = failure_behind(error, progress.phase, proxied=connections.goes_by_proxy(url))
    except Exception:
        # What a proxy says before it has connected is read by a library that raises what it likes.
        if progress.phase is not Phase.CONNECTING or not connections.has_socks:
            raise
        failure = NOT_SOCKS
    finally:
        await _close(response, connections, progress)
    elapsed = round((clock.monotonic() - started) * 1000)
    return Exchange(url, elapsed, response, unpacked, failure, cut)


async def _find_host(url: str, connections: Connections, progress: Progress) -> None:
    """Look up the host that is connected to, so that a failure is one of the lookup."""
    host, port = connections.place_of(url)
    if not connections.hosts.knows(host):
        progress.phase = Phase.LOOKING_UP
        await connections.hosts.look_up(host, port)


async def _close(response: HttpAnswer | None, connections: Connections, progress: Progress) -> None:
    if response is None:
        await progress.aclose()
        return
    with suppress(httpx.HTTPError, OSError, RuntimeError):
        await response.body.aclose()
    if response.status >= 500:
        await connections.start_afresh()
