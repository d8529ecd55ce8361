"""The session: one request at a time, within limits, traced, never redirected, never with TLS verification off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

import httpx

from .. import limits
from ..clock import Clock
from ..evidence import Evidence
from ..urls import is_this_machine
from .address import UnsendableURL, as_sent, connection_of
from .answer import Answer
from .content import Content
from .cookies import CookieJar
from .exceptions import NETWORK_ERRORS, failure_behind
from .failure import Failure, Phase
from .kept import Memory
from .logs import unlogged
from .ports import Ports
from .proxy import checked_proxy
from .redaction import Redaction
from .resolver import Address, Resolver
from .response import headers_of, keep_location, read_body
from .retry import Retries, WaitingListener
from .tls import trust
from .trace import with_evidence
from .unpacking import ACCEPTED, Unpacking

Listener = Callable[[Evidence], None]
# Headers that depend on the address exactly as it is sent, such as a signature over it.
Authorize = Callable[[str], Mapping[str, str]]
# The secrets that a decoded answer holds.
SecretsIn = Callable[[object], Iterable[str]]
# What a server says in an answer with an error.
WordsIn = Callable[[Answer], Iterable[str]]


class UnsendableHeader(ValueError):
    """A header value holds a character that HTTP does not allow; the value is not repeated."""


class Session:
    """One HTTP session to one district.

    `timeout` is the limit of one request in seconds, from its start to the last byte. `redaction` takes
    secrets and people out of the evidence; `listener` gets the evidence of each request as soon as it
    ended. `user_agent` names the program. `ca_file` is a PEM file of further certificate authorities, ""
    for none; `https_proxy` the proxy for other machines than this one. `on_waiting` is called before each
    wait that a server asks for. `clock` and `resolver` are this computer's unless a test hands in its own.

    CAFileError and ProxyError when the CA file or the proxy cannot be used.
    """

    def __init__(
        self,
        *,
        timeout: float,
        redaction: Redaction,
        listener: Listener,
        user_agent: str,
        ca_file: str = "",
        https_proxy: str | None = None,
        on_waiting: WaitingListener = lambda reason, seconds: None,
        clock: Clock | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self.timeout = timeout
        self.listener = listener
        self.clock = clock or Clock()
        self.tls = trust(ca_file)
        self.retries = Retries(self.clock, on_waiting)
        self.requests = 0
        self._redaction = redaction
        self._user_agent = user_agent
        self._cookies = CookieJar()
        self._ports = Ports(self.tls, self.look_up)
        self._memory = Memory()
        self._resolver = resolver or Resolver()
        self._found_hosts: set[str] = set()
        self._turn = asyncio.Lock()
        self._proxy = proxy = checked_proxy(https_proxy) if https_proxy else None
        self._proxy_at = (proxy.url.raw_host.decode("ascii"), proxy.url.port or 0) if proxy else None
        self._client = self._make_client(None)
        self._proxied = self._make_client(proxy) if proxy else None

    def _make_client(self, proxy: httpx.Proxy | None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=self.tls,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            timeout=httpx.Timeout(self.timeout, connect=self.connect_limit),
            follow_redirects=False,
            trust_env=False,
            proxy=proxy,
            event_hooks={"response": [keep_location]},
        )

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        authorize: Authorize = lambda url: {},
        content: bytes | None = None,
        note: str = "",
        secrets_in: SecretsIn = lambda document: (),
        words_in: WordsIn = lambda answer: (),
        with_cookies: bool = True,
        keeps_cookies: bool = False,
        whole: bool = False,
    ) -> Answer:
        """Send one request and read its answer; never raises for what a server or the network does.

        `authorize` is called with the address exactly as it is sent and gives further headers; header
        values are sent as UTF-8. `note` says in a few words what the request shows. The redaction learns
        what `secrets_in` finds in the answer before anything of it is shown; `words_in` finds what is quoted
        of it. The cookies of the answer are kept with `keeps_cookies` and an answer that is no error; all
        later requests to that host bring them, but for a stranger's, without `with_cookies`. Of the document of
        the answer only what a run keeps comes back; with `whole` all of it with shorter texts, for one
        who lets go of it at once.
        UnsendableHeader when a header value holds a control character.
        """
        async with self._turn:
            self.requests += 1
            started = self.clock.monotonic()
            progress = [Phase.BUILDING]
            failure: Failure | None = None
            response: httpx.Response | None = None
            unpacked: Unpacking | None = None
            with unlogged():
                try:
                    async with asyncio.timeout(self.timeout):
                        url = as_sent(url)
                        await self._find_host(url, progress)
                        client = self._client_for(url)
                        sent = {**(headers or {}), **authorize(url)}
                        request = self._request(client, method, url, sent, content, progress)
                        if with_cookies:
                            self._cookies.give(request)
                        response = await client.send(request, stream=True)
                        progress[0] = Phase.READING
                        unpacked = await read_body(response)
                except httpx.LocalProtocolError:
                    # The library's message would repeat the value, and the value may be a secret.
                    raise UnsendableHeader(
                        "A header value holds a character that HTTP does not allow."
                    ) from None
                except NETWORK_ERRORS as error:
                    failure = failure_behind(error, progress[0], proxied=self._goes_by_proxy(url))
                finally:
                    if response is not None:
                        with suppress(httpx.HTTPError, OSError, RuntimeError):
                            await response.aclose()
                        if response.status_code >= 500:
                            await self._start_afresh()
                elapsed = round((self.clock.monotonic() - started) * 1000)
                if not self._goes_by_proxy(url):
                    came = None if response is None else response.status_code
                    failure = await self._ports.failure_at(url, failure, came)
            # An answer that broke off in its body is no answer.
            status = None if response is None or failure else response.status_code
            received = {} if response is None else headers_of(response)
            evidence = Evidence(method, "", status, elapsed)
            body = Content()
            if unpacked is not None:
                body = Content.of(unpacked.body, truncated=unpacked.truncated)
            answer = Answer(url, status, received, body, evidence, failure)
            self._redaction.learn_people(body.document or body.beginning)
            kept = body.with_short_texts() if whole else body.kept(self._memory)
            cookies: Iterable[str] = ()
            if response is not None and keeps_cookies and answer.succeeded:
                cookies = self._cookies.take(response)
            for secret in (*secrets_in(kept.document), *cookies):
                self._redaction.learn(secret)
            answer = replace(with_evidence(answer, note, words_in(answer), self._redaction), content=kept)
            self.listener(answer.evidence)
            return answer

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, best first.

        socket.gaierror, TimeoutError or UnsendableURL when it has none.
        """
        found = await self._resolver.look_up(host, port)
        self._found_hosts.add(host)
        return found

    async def aclose(self) -> None:
        """Close every connection; safe to call more than once."""
        with unlogged():
            for client in (self._client, self._proxied):
                if client is not None:
                    await client.aclose()

    async def _start_afresh(self) -> None:
        """Give the next request a connection of its own: a server that failed may close behind its answer."""
        await self.aclose()
        self._client = self._make_client(None)
        self._proxied = self._make_client(self._proxy) if self._proxy else None

    @property
    def proxied(self) -> bool:
        """Whether there is a proxy between this computer and others."""
        return self._proxied is not None

    @property
    def connect_limit(self) -> float:
        """The seconds until a connection must be made, TLS included."""
        return min(self.timeout, limits.CONNECT_S)

    def _client_for(self, url: str) -> httpx.AsyncClient:
        return self._proxied if self._proxied is not None and self._goes_by_proxy(url) else self._client

    def _goes_by_proxy(self, url: str) -> bool:
        """Whether a request is sent by way of the proxy; False for an address that cannot be sent."""
        if self._proxied is None:
            return False
        try:
            return not is_this_machine(connection_of(url)[0])
        except UnsendableURL:
            return False

    async def _find_host(self, url: str, progress: list[Phase]) -> None:
        """Look up the host that is connected to, once a run.

        The HTTP library looks it up again, in a thread that holds the end of the program when the name
        service hangs; this way it does so only for a name that was just found.
        """
        host, port = connection_of(url)
        if self._proxy_at is not None and not is_this_machine(host):
            host, port = self._proxy_at
        if host not in self._found_hosts:
            progress[0] = Phase.LOOKING_UP
            await self.look_up(host, port)

    def _request(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        progress: list[Phase],
    ) -> httpx.Request:
        # The library's own cookies would make any request depend on another.
        client.cookies.clear()
        sent = {
            "accept": "application/json",
            "accept-encoding": ACCEPTED,
            "user-agent": self._user_agent,
            **headers,
        }
        progress[0] = Phase.CONNECTING
        request = client.build_request(
            method,
            url,
            # A value outside ASCII is sent as UTF-8, which the library does for bytes only; an environment
            # variable that is no UTF-8 is sent as its own bytes.
            headers=[
                (name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in sent.items()
            ],
            content=content,
        )
        request.extensions["trace"] = _follow(progress)
        return request


def _follow(progress: list[Phase]) -> Callable[[str, object], Awaitable[None]]:
    """A listener of httpcore's trace that keeps in `progress` what the request is doing."""

    async def note(event: str, info: object) -> None:
        if event.endswith("connect_tcp.started"):
            progress[0] = Phase.CONNECTING
        elif event.endswith("start_tls.started"):
            progress[0] = Phase.SECURING
        elif event.endswith("send_request_headers.started"):
            progress[0] = Phase.WAITING

    return note
