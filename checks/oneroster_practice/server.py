"""The web server of a practice district: starlette on uvicorn, in a daemon thread with a loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from itertools import count

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import Response as WebResponse
from starlette.routing import Route as WebRoute

from .certificates import CertificateFiles
from .exchange import Request, Response, text_response
from .gate import NotLetIn, body_of, check_host
from .site import TOKEN_PATH

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# Seconds to wait for the thread to start or to end; it takes a fraction of one.
_THREAD_TIMEOUT = 10.0

# Seconds that responses under way have to go out when the server stops.
_LAST_RESPONSES = 1.0

# Turns of the loop from accepting a connection to knowing it, and from closing it to letting it go.
_LOOP_TURNS = 5

WebEndpoint = Callable[[WebRequest], Awaitable[WebResponse]]
Serve = Callable[[asyncio.Event], Awaitable[None]]


def web_app(
    token: Callable[[Request], Response],
    data: Callable[[Request], Response],
    stop: asyncio.Event,
    *,
    own_name: str,
    delay: float = 0.0,
    clock_ahead: float = 0.0,
) -> Starlette:
    """The application: `token` answers requests for the token URL, `data` all others.

    What names another host than this computer, or `own_name`, is refused, and so is a body that is too large.

    Every data request waits `delay` seconds, or until `stop` is set. The Date header is `clock_ahead`
    seconds fast.
    """
    numbers = count(1)

    def to_web(response: Response) -> WebResponse:
        sent = WebResponse(response.body, response.status)
        for name, value in response.headers:
            sent.headers.append(name, value)
        sent.headers["Date"] = formatdate(time.time() + clock_ahead, usegmt=True)
        sent.headers["X-Request-Id"] = f"practice-{next(numbers):06}"
        return sent

    async def respond_with_token(request: Request) -> Response:
        return token(request)

    async def respond_with_data(request: Request) -> Response:
        if delay:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(delay):
                    await stop.wait()
        return data(request)

    def behind_the_gate(respond: Callable[[Request], Awaitable[Response]]) -> WebEndpoint:
        async def endpoint(received: WebRequest) -> WebResponse:
            try:
                check_host(received, own_name)
                request = await _from_web(received)
            except NotLetIn as refusal:
                # What is left of the body is not read, so nothing else can come over this connection.
                return to_web(text_response(refusal.status, refusal.sentence, ("Connection", "close")))
            return to_web(await respond(request))

        return endpoint

    return Starlette(
        routes=[
            WebRoute(TOKEN_PATH, behind_the_gate(respond_with_token), methods=_METHODS),
            WebRoute("/{path:path}", behind_the_gate(respond_with_data), methods=_METHODS),
        ]
    )


async def _from_web(received: WebRequest) -> Request:
    raw_path = received.scope["raw_path"].decode("latin-1")
    query = received.scope["query_string"].decode("latin-1")
    host = received.headers.get("host", "")
    return Request(
        method=received.method,
        url=f"{received.url.scheme}://{host}{raw_path}{'?' if query else ''}{query}",
        path=received.scope["path"],
        query=query,
        host=host.rpartition(":")[0] or host,
        headers={name.lower(): value for name, value in received.headers.items()},
        body=await body_of(received),
    )


class _Server(uvicorn.Server):
    """Uvicorn's server, stopped by an event and never by a signal."""

    async def run_until(self, stop: asyncio.Event, listener: socket.socket) -> None:
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])
        await stop.wait()
        # A connection that was just accepted finds its place only while the server is still there.
        asyncio.get_running_loop().remove_reader(listener.fileno())
        await _settle()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        # Responses under way, and connections that were accepted a moment ago and are not known yet.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=_LAST_RESPONSES)
        await _settle()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        listener.close()
        await _settle()


async def _settle() -> None:
    """Let what the loop has begun come to its end: a connection that was just accepted, one that closes."""
    for _ in range(_LOOP_TURNS):
        await asyncio.sleep(0)


async def serve_web(
    app: Starlette, listener: socket.socket, stop: asyncio.Event, certificate: CertificateFiles | None
) -> None:
    """Serve the application at a bound socket until `stop` is set."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        ssl_certfile=None if certificate is None else str(certificate.chain),
        ssl_keyfile=None if certificate is None else str(certificate.key),
    )
    await _Server(config).run_until(stop, listener)


class ServerThread:
    """A thread with an event loop that serves until it is stopped."""

    def __init__(self, serve: Serve):
        self._serve = serve
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._running = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-district", daemon=True)

    def start(self) -> None:
        """Start serving. The port takes connections even before, as its socket is bound and listens."""
        self._thread.start()
        self._running.wait(_THREAD_TIMEOUT)

    def stop(self) -> None:
        """Stop serving and wait for the thread to end."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_THREAD_TIMEOUT)

    def _run(self) -> None:
        # Never in asyncio's debug mode, which would write every broken handshake and long list to the log.
        with asyncio.Runner(debug=False, loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._running.set()
        await self._serve(self._stop)
