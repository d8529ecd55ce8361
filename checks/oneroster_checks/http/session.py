"""The session: one request at a time, within limits, traced, never redirected, never with TLS verification off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from types import TracebackType

from ..authorized import Authorized
from ..clock import Clock
from ..evidence import Evidence
from ..urls import Place, place_of
from .answer import Answer
from .budget import RunBudget
from .connections import Connections
from .content import Content
from .cookies import CookieJar
from .exchange import Authorize, Exchange, Outgoing, exchange
from .failure import Failure
from .gates import HostGates
from .kept import Memory
from .logs import unlogged
from .ports import Ports
from .redaction import Redaction
from .resolver import Address, Resolver
from .retry import Retries, RetryLimits, WaitingListener, usual
from .tls import trust
from .trace import with_evidence

Listener = Callable[[Evidence], None]
# The secrets that a decoded answer holds.
SecretsIn = Callable[[object], Iterable[str]]
# What a server says in an answer with an error.
WordsIn = Callable[[Answer], Iterable[str]]


class Session:
    """One HTTP session to one district, for one run; its `budget` begins with it.

    `timeout` is the limit of one request in seconds, from its start to the last byte. `redaction` takes
    secrets and people out of the evidence; `listener` gets the evidence of each request as soon as it
    ended. `user_agent` names the program. `ca_file` is a PEM file of further certificate authorities, ""
    for none; `https_proxy` the proxy for https to other machines than this one. `on_waiting` is called before each
    wait that a server asks for. `clock` and `resolver` are this computer's unless a test hands in its own. `gates` are
    shared with the other sessions that are open at once, None for a session that is alone. `check` gives the id of the
    check that makes the requests now.

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
        gates: HostGates | None = None,
        check: Callable[[], str] = lambda: "",
    ) -> None:
        self.timeout = timeout
        self.listener = listener
        self.check = check
        self.clock = clock or Clock()
        self.tls = trust(ca_file)
        self.budget = RunBudget(self.clock, timeout)
        self._on_waiting = on_waiting
        self.retries = self.retrying(usual())
        self.requests = 0
        self._redaction = redaction
        self._user_agent = user_agent
        self._cookies = CookieJar()
        self._memory = Memory()
        self._turn = asyncio.Lock()
        self._gates = gates or HostGates()
        self._connections = Connections(
            self.tls, self.budget, timeout, https_proxy=https_proxy, resolver=resolver or Resolver()
        )
        self._ports = Ports(self.tls, self._connections.hosts.look_up, self.budget, self._connections.places)

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
        raw: bool = False,
        authorized: Authorized | None = None,
    ) -> Answer:
        """Send one request and read its answer; never raises for what a server or the network does.

        `authorize` is called with the address exactly as it is sent and gives further headers; header
        values are sent as UTF-8. `note` says in a few words what the request shows. The redaction learns
        what `secrets_in` finds in the answer before anything of it is shown; `words_in` finds what is quoted
        of it. The cookies of the answer are kept with `keeps_cookies` and an answer that is no error; all
        later requests to that host bring them, but for a stranger's, without `with_cookies`. Of the document of
        the answer only what a run keeps comes back; with `whole` all of it with shorter texts, for one
        who lets go of it at once. With `raw`, the JSON of an answer that is no error comes as `content.raw`: nothing of
        it was decoded, and the redaction learns nothing; `decoded` makes up for that. `authorized` is for the evidence.
        UnsendableHeader when a header value holds a control character; RunLimitReached when a limit of the run
        leaves no request, or no time for an answer.
        """
        async with self._turn, self.alone_at(place_of(url)):
            self.budget.spend()
            self.requests += 1
            sent = {"user-agent": self._user_agent, **(headers or {})}
            cookies = self._cookies if with_cookies else None
            outgoing = Outgoing(method, url, sent, authorize, content, cookies)
            await _in_step()
            check, started = self.check(), self.clock.now()
            with unlogged():
                came = await exchange(outgoing, self._connections, self.budget, self.clock, self.timeout)
                failure = await self._failure_of(came)
            await _in_step()
            # An answer that broke off in its body is no answer.
            status = None if failure else came.status
            evidence = Evidence(
                method, "", status, came.elapsed_ms, check=check, started=started, authorized=authorized
            )
            answer = Answer(came.url, status, came.headers, came.content(raw=raw), evidence, failure)
            if came.response is not None and keeps_cookies and answer.succeeded:
                for cookie in self._cookies.take(came.response, came.url):
                    self._redaction.learn(cookie)
            kept = self._learned(answer, secrets_in, whole=whole)
            await _in_step()
            answer = with_evidence(answer, kept, note, words_in(answer), self._redaction)
            self.listener(answer.evidence)
            if came.cut is not None:
                # What never came is nothing to judge.
                raise came.cut
        await _in_step()
        return answer

    def decoded(
        self,
        answer: Answer,
        *,
        secrets_in: SecretsIn = lambda document: (),
        words_in: WordsIn = lambda answer: (),
    ) -> Answer:
        """A raw answer as it is where it is decoded at once, with all that came; any other one as it is."""
        if answer.content.raw is None:
            return answer
        read = replace(answer, content=answer.content.decoded())
        kept = self._learned(read, secrets_in, whole=True)
        return with_evidence(read, kept, answer.evidence.note, words_in(read), self._redaction)

    def retrying(self, most: RetryLimits) -> Retries:
        """Retries of this session with limits of their own."""
        return Retries(self.clock, self._on_waiting, self.budget, most)

    def _learned(self, answer: Answer, secrets_in: SecretsIn, *, whole: bool) -> Content:
        """What is kept of an answer, once the redaction knows whom and what it holds."""
        body = answer.content
        self._redaction.learn_people(body.document or body.beginning)
        kept = body.with_short_texts() if whole else body.kept(self._memory)
        for secret in secrets_in(kept.document):
            self._redaction.learn(secret)
        return kept

    async def _failure_of(self, came: Exchange) -> Failure | None:
        """Why there is no whole answer, with what the port speaks where that is otherwise than it should."""
        if came.cut is not None or self._connections.goes_by_proxy(came.url):
            return came.failure
        return await self._ports.failure_at(came.url, came.failure, came.status)

    def alone_at(self, place: Place) -> AbstractAsyncContextManager[None]:
        """Within it no other session of the same gates is at a place; waiting for that takes nothing of the budget."""
        return _Alone(self._gates.at(place), self.budget, self.clock)

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, best first.

        socket.gaierror, TimeoutError or UnsendableURL when it has none, RunLimitReached when the run ends first.
        """
        return await self._connections.hosts.look_up(host, port)

    async def aclose(self) -> None:
        """Close every connection; safe to call more than once."""
        await self._connections.aclose()

    @property
    def proxied(self) -> bool:
        """Whether there is a proxy between this computer and others."""
        return self._connections.has_proxy

    @property
    def connect_limit(self) -> float:
        """The seconds until a connection must be made, TLS included."""
        return self._connections.connect_limit


class _Alone:
    """A gate of a host, with the time that its way in took added to the budget."""

    def __init__(self, gate: AbstractAsyncContextManager[None], budget: RunBudget, clock: Clock) -> None:
        self._gate = gate
        self._budget = budget
        self._clock = clock

    async def __aenter__(self) -> None:
        began = self._clock.monotonic()
        await self._gate.__aenter__()
        self._budget.extend(self._clock.monotonic() - began)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._gate.__aexit__(kind, error, trace)


async def _in_step() -> None:
    """Let the other runs that are ready come as far as this one: what is done again at once takes less time."""
    await asyncio.sleep(0)
