"""The session: one request at a time, within limits, traced, never redirected, never with TLS verification off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

import httpx

from .. import limits
from ..clock import Clock
from ..evidence import Evidence
from ..urls import is_this_machine
from .address import UnsendableURL, as_sent, connection_of
from .answer import Answer
from .backend import connecting_to
from .budget import RunBudget, RunLimitReached
from .content import Content
from .cookies import CookieJar, NoCookies
from .exceptions import NETWORK_ERRORS, NOT_SOCKS, failure_behind
from .failure import Failure, FailureKind, Phase
from .kept import Memory
from .logs import unlogged
from .ports import Ports
from .progress import Progress
from .proxy import checked_proxy, is_socks
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
# How the evidence says that a request was ended by a limit of the run.
CUT = "this tool's limit for one run was reached"
# The secrets that a decoded answer holds.
SecretsIn = Callable[[object], Iterable[str]]
# What a server says in an answer with an error.
WordsIn = Callable[[Answer], Iterable[str]]


class UnsendableHeader(ValueError):
    """A header value holds a character that HTTP does not allow; the value is not repeated."""


class Session:
    """One HTTP session to one district, for one run; its `budget` begins with it.

    `timeout` is the limit of one request in seconds, from its start to the last byte. `redaction` takes
    secrets and people out of the evidence; `listener` gets the evidence of each request as soon as it
    ended. `user_agent` names the program. `ca_file` is a PEM file of further certificate authorities, ""
    for none; `https_proxy` the proxy for https to other machines than this one. `on_waiting` is called before each
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
        self.budget = RunBudget(self.clock, timeout)
        self.retries = Retries(self.clock, on_waiting, self.budget)
        self.requests = 0
        self._redaction = redaction
        self._user_agent = user_agent
        self._cookies = CookieJar()
        self._ports = Ports(self.tls, self.look_up, self.budget)
        self._memory = Memory()
        self._resolver = resolver or Resolver()
        self._found: dict[str, tuple[Address, ...]] = {}
        self._turn = asyncio.Lock()
        self._proxy = proxy = checked_proxy(https_proxy, self.tls) if https_proxy else None
        self._proxy_at = (proxy.url.raw_host.decode("ascii"), proxy.url.port or 0) if proxy else None
        self._client = self._make_client(None)
        self._proxied = self._make_client(proxy) if proxy else None

    def _make_client(self, proxy: httpx.Proxy | None) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(
            verify=self.tls,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            trust_env=False,
            proxy=proxy,
        )
        return httpx.AsyncClient(
            transport=connecting_to(self._addresses_of, transport),
            timeout=httpx.Timeout(self.timeout, connect=self.connect_limit),
            follow_redirects=False,
            trust_env=False,
            cookies=NoCookies(),
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
        UnsendableHeader when a header value holds a control character; RunLimitReached when a limit of the run
        leaves no request, or no time for an answer.
        """
        async with self._turn:
            self.budget.spend()
            self.requests += 1
            started = self.clock.monotonic()
            progress = Progress()
            failure: Failure | None = None
            response: httpx.Response | None = None
            unpacked: Unpacking | None = None
            cut: RunLimitReached | None = None
            with unlogged():
                try:
                    async with self.budget.within(self.timeout):
                        url = as_sent(url)
                        await self._find_host(url, progress)
                        client = self._client_for(url)
                        sent = {**(headers or {}), **authorize(url)}
                        request = self._request(client, method, url, sent, content, progress)
                        if with_cookies:
                            self._cookies.give(request)
                        response = await client.send(request, stream=True)
                        progress.phase = Phase.READING
                        unpacked = await read_body(response)
                except httpx.LocalProtocolError:
                    # The library's message would repeat the value, and the value may be a secret.
                    raise UnsendableHeader(
                        "A header value holds a character that HTTP does not allow."
                    ) from None
                except RunLimitReached as reached:
                    cut = reached
                    failure = Failure(FailureKind.RUN_LIMIT, progress.phase, CUT)
                except NETWORK_ERRORS as error:
                    failure = failure_behind(error, progress.phase, proxied=self._goes_by_proxy(url))
                except Exception:
                    # What a proxy says before it has connected is read by a library that raises what it likes.
                    if progress.phase is not Phase.CONNECTING or not is_socks(self._proxy):
                        raise
                    failure = NOT_SOCKS
                finally:
                    if response is None:
                        await progress.aclose()
                    else:
                        with suppress(httpx.HTTPError, OSError, RuntimeError):
                            await response.aclose()
                        if response.status_code >= 500:
                            await self._start_afresh()
                elapsed = round((self.clock.monotonic() - started) * 1000)
                if cut is None and not self._goes_by_proxy(url):
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
            if cut is not None:
                # What never came is nothing to judge.
                raise cut
            return answer

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, best first.

        socket.gaierror, TimeoutError or UnsendableURL when it has none, RunLimitReached when the run ends first.
        """
        async with self.budget.within(limits.CONNECT_S):
            found = await self._resolver.look_up(host, port)
        self._found[host] = found
        return found

    async def _addresses_of(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, which is looked up once a run."""
        return self._found.get(host) or await self.look_up(host, port)

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
        # Unencrypted, the proxy would read the credentials: it gets nothing but the wish to connect.
        if self._proxied is None or not url.startswith("https:"):
            return False
        try:
            return not is_this_machine(connection_of(url)[0])
        except UnsendableURL:
            return False

    async def _find_host(self, url: str, progress: Progress) -> None:
        """Look up the host that is connected to, so that a failure is one of the lookup."""
        host, port = connection_of(url)
        if self._proxy_at is not None and self._goes_by_proxy(url):
            host, port = self._proxy_at
        if host not in self._found:
            progress.phase = Phase.LOOKING_UP
            await self.look_up(host, port)

    def _request(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        progress: Progress,
    ) -> httpx.Request:
        sent = {
            "accept": "application/json",
            "accept-encoding": ACCEPTED,
            "user-agent": self._user_agent,
            **headers,
        }
        progress.phase = Phase.CONNECTING
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
        request.extensions["trace"] = progress.follow
        return request
