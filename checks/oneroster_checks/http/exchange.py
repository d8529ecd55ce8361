"""One exchange: a request on its way, and what came of it within the limits, or the failure in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx

from ..clock import Clock
from .address import sendable
from .budget import RunBudget, RunLimitReached
from .connections import Connections
from .content import Content
from .cookies import CookieJar
from .exceptions import NETWORK_ERRORS, NOT_SOCKS, failure_behind
from .failure import Failure, FailureKind, Phase
from .progress import Progress
from .response import headers_of, read_body
from .unpacking import ACCEPTED, Unpacking

# Headers that depend on the address exactly as it is sent, such as a signature over it.
Authorize = Callable[[str], Mapping[str, str]]
# How the evidence says that a request was ended by a limit of the run.
CUT = "this tool's limit for one run was reached"


class UnsendableHeader(ValueError):
    """A header value holds a character that HTTP does not allow; the value is not repeated."""


@dataclass(frozen=True)
class Outgoing:
    """A request to be sent; `authorize` gives further headers, `cookies` those of its host, None for none."""

    method: str
    url: str
    headers: Mapping[str, str]
    authorize: Authorize
    content: bytes | None
    cookies: CookieJar | None

    def built(self, address: httpx.URL) -> httpx.Request:
        """The request to its address as it is sent."""
        sent = {
            "accept": "application/json",
            "accept-encoding": ACCEPTED,
            "connection": "keep-alive",
            **self.headers,
            **self.authorize(str(address)),
        }
        request = httpx.Request(
            self.method,
            address,
            # A value outside ASCII is sent as UTF-8, which the library does for bytes only; an environment
            # variable that is no UTF-8 is sent as its own bytes.
            headers=[
                (name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in sent.items()
            ],
            content=self.content,
        )
        if self.cookies is not None:
            self.cookies.give(request)
        return request


@dataclass(frozen=True)
class Exchange:
    """What came of a request, after `elapsed_ms`.

    `url` is the address as it was sent, or as it was given where it cannot be. `response` is what came of an answer,
    closed and with no body, None for nothing, and `unpacked` its body, None where it did not come whole. `failure`
    says why there is no whole answer; `cut` is the limit of the run behind it, None for any other reason.
    """

    url: str
    elapsed_ms: int
    response: httpx.Response | None
    unpacked: Unpacking | None
    failure: Failure | None
    cut: RunLimitReached | None

    @property
    def status(self) -> int | None:
        """The status of what came of an answer, None for nothing."""
        return None if self.response is None else self.response.status_code

    @property
    def headers(self) -> dict[str, str]:
        """Its headers by name in lower case."""
        return {} if self.response is None else headers_of(self.response)

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
    response: httpx.Response | None = None
    unpacked: Unpacking | None = None
    failure: Failure | None = None
    cut: RunLimitReached | None = None
    try:
        async with budget.within(timeout):
            address = sendable(url)
            url = str(address)
            await _find_host(url, connections, progress)
            transport = connections.transport_for(url)
            request = outgoing.built(address)
            request.extensions = {
                "timeout": connections.timeouts, "trace": progress.follow, "progress": progress
            }  # fmt: skip
            progress.phase = Phase.CONNECTING
            response = await transport.handle_async_request(request)
            response.request = request
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


async def _close(response: httpx.Response | None, connections: Connections, progress: Progress) -> None:
    if response is None:
        await progress.aclose()
        return
    with suppress(httpx.HTTPError, OSError, RuntimeError):
        await response.aclose()
    if response.status_code >= 500:
        await connections.start_afresh()
