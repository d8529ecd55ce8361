"""The wire: one request at a time, within limits, traced, never redirected, never with TLS verification off."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import truststore

from ..evidence import Evidence
from ..redaction import Redactor, outline
from ..urls import is_this_machine
from ..version import __version__
from .answer import Answer, Failure
from .failure import CONNECTING, READING, SECURING, WAITING, explain
from .retry import RetryBudget

# A page of 100 records is far below this; a server that sends its whole district at once is cut off here.
MOST_BYTES = 32 * 1024 * 1024
CONNECT_LIMIT = 10.0
_REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-trace-id",
    "cf-ray",
)
_LOCATION = "x-location-as-sent"
_DATE = re.compile(r"[A-Za-z]{3,9}, \d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} \S{1,6}")
_ID = re.compile(r"[\w.:;=/+-]{4,80}")
# These write headers or signing keys at level DEBUG.
_TALKATIVE = ("httpx", "httpcore", "oauthlib")

Listener = Callable[[Evidence], None]


def trust(ca_file: str) -> ssl.SSLContext:
    """The system's trust store, with the authorities of a PEM file added to it when one is given.

    OSError or ssl.SSLError when the file cannot be read or holds no certificate.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


class Session:
    """One HTTP session to a district.

    `timeout` is the limit of one request in seconds, from its start to the last byte; `listener` is told
    of each request as soon as it ended; `https_proxy` is used for other machines only;
    `keeps_cookies` sends back what the server set, where a provider needs that.
    """

    def __init__(
        self,
        *,
        timeout: float,
        redactor: Redactor,
        listener: Listener,
        ca_file: str = "",
        https_proxy: str | None = None,
        keeps_cookies: bool = False,
    ) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self.tls = trust(ca_file)
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
        timeouts = httpx.Timeout(timeout, connect=min(timeout, CONNECT_LIMIT))

        def client(proxy: str | None = None) -> httpx.AsyncClient:
            return httpx.AsyncClient(
                verify=self.tls,
                limits=limits,
                timeout=timeouts,
                follow_redirects=False,
                trust_env=False,
                proxy=proxy,
                event_hooks={"response": [_keep_location]},
            )

        self._client = client()
        self._proxied = client(https_proxy) if https_proxy else None
        self.timeout = timeout
        self._redactor = redactor
        self.listener = listener
        self._turn = asyncio.Lock()
        self._keeps_cookies = keeps_cookies
        self.retry_budget = RetryBudget()
        self.requests = 0

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        note: str = "",
    ) -> Answer:
        """Send one request and read its answer; never raises for what a server or the network does."""
        async with self._turn:
            self.requests += 1
            started = time.monotonic()
            progress = [CONNECTING]
            sent = {
                "accept": "application/json",
                "user-agent": f"oneroster-wizard/{__version__}",
                **(headers or {}),
            }
            failure: Failure | None = None
            response: httpx.Response | None = None
            body, truncated = b"", False
            client = self._client_for(url)
            if not self._keeps_cookies:
                # Cookies would make one request depend on another; each stands for itself.
                client.cookies.clear()
            try:
                async with asyncio.timeout(self.timeout):
                    request = client.build_request(method, url, headers=sent, content=content)
                    request.extensions["trace"] = _follow(progress)
                    response = await client.send(request, stream=True)
                    progress[0] = READING
                    body, truncated = await self._read(response)
            except (
                httpx.HTTPError,
                httpx.InvalidURL,
                httpx.StreamError,
                OSError,
                ValueError,
                ExceptionGroup,
            ) as error:
                failure = explain(error, phase=progress[0])
            finally:
                if response is not None:
                    with suppress(httpx.HTTPError, OSError, RuntimeError):
                        await response.aclose()
            elapsed = round((time.monotonic() - started) * 1000)
            answer = self._answer(method, url, response, body, truncated, failure, elapsed, note)
            self.listener(answer.evidence)
            return answer

    async def aclose(self) -> None:
        """Close every connection; safe to call more than once."""
        for client in (self._client, self._proxied):
            if client is not None:
                await client.aclose()

    @property
    def proxied(self) -> bool:
        """Whether a proxy stands between this computer and others."""
        return self._proxied is not None

    def _client_for(self, url: str) -> httpx.AsyncClient:
        host = urlsplit(url).hostname or ""
        return self._client if self._proxied is None or is_this_machine(host) else self._proxied

    async def _read(self, response: httpx.Response) -> tuple[bytes, bool]:
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                return b"".join(chunks)[:MOST_BYTES], True
        return b"".join(chunks), False

    def _answer(
        self,
        method: str,
        url: str,
        response: httpx.Response | None,
        body: bytes,
        truncated: bool,
        failure: Failure | None,
        elapsed: int,
        note: str,
    ) -> Answer:
        headers = {} if response is None else {key.lower(): value for key, value in response.headers.items()}
        if _LOCATION in headers:
            headers["location"] = headers.pop(_LOCATION)
        # An answer that broke off in its body is no answer, but its status is worth showing.
        status = None if response is None or failure else response.status_code
        hide = self._redactor.server_text
        unread = Answer(url, status, headers, body, Evidence(method, "", status, elapsed), failure, truncated)
        self._learn(unread.document)
        words = (
            note
            if failure is None
            else "; ".join(part for part in (note, f"no answer: {failure.detail}") if part)
        )
        evidence = Evidence(
            method=method,
            url=self._redactor.text(url),
            status=status,
            elapsed_ms=elapsed,
            note=words,
            server_date=_date(headers.get("date", "")),
            failed=failure is not None,
            request_id=next(
                (hide(id) for name in _REQUEST_IDS if (id := _request_id(headers.get(name, "")))), ""
            ),
        )
        if failure:
            return replace(unread, evidence=evidence)
        return replace(unread, evidence=replace(evidence, outline=hide(_outline(unread))))

    def _learn(self, document: object) -> None:
        """Know what must not be shown before anything of this answer is, its own headers included."""
        self._redactor.learn_people(document)
        token = document.get("access_token") if isinstance(document, dict) else None
        if isinstance(token, str):
            self._redactor.learn(token)


async def _keep_location(response: httpx.Response) -> None:
    """Put a redirect's address aside: httpx reads it even when it follows none, and fails at an odd one."""
    if "location" in response.headers:
        response.headers[_LOCATION] = response.headers.pop("location")


def _date(text: str) -> str:
    """A Date header, "" when it is none: a header may hold anything."""
    return text.strip() if _DATE.fullmatch(text.strip()) else ""


def _request_id(text: str) -> str:
    """A request id, "" when the header holds something that is none."""
    return text.strip() if _ID.fullmatch(text.strip()) and any(char.isdigit() for char in text) else ""


def _follow(progress: list[str]) -> Callable[[str, object], Awaitable[None]]:
    """A listener of httpcore's trace that keeps in `progress` what the request is doing."""

    async def note(event: str, info: object) -> None:
        if event.endswith("connect_tcp.started"):
            progress[0] = CONNECTING
        elif event.endswith("start_tls.started"):
            progress[0] = SECURING
        elif event.endswith("send_request_headers.started"):
            progress[0] = WAITING

    return note


def _outline(answer: Answer) -> str:
    """What came back, in words and without a person's values."""
    if answer.truncated:
        return f"more than {MOST_BYTES // (1024 * 1024)} MiB; reading stopped there"
    elif answer.is_json:
        return outline(answer.document)
    elif not answer.body.strip():
        return "nothing" if not answer.body else "only white space"
    elif answer.looks_like_html:
        return f"a web page of {len(answer.body)} bytes"
    return f"{len(answer.body)} bytes that are neither JSON nor a web page"
