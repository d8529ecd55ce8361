"""Data calls: addresses built with encoded parameters, authorised, and the vendor header on grade-book calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, Protocol
from urllib.parse import quote, unquote, unquote_plus, urlsplit, urlunsplit

from ..connection import Credentials, OneRosterVersion, Secret
from ..evidence import Evidence
from ..http.answer import Answer
from ..http.retry import send_with_retries
from ..http.session import Session
from ..standard.keys import clean_key
from ..standard.operations import Service, collection
from .oauth1 import SignatureMethod, authorization
from .reading import Reading, read

VENDOR_HEADER = "x-vendor-authorization"

Params = Mapping[str, str | int]
TransientErrorListener = Callable[[str, Evidence], None]


class Authorizer(Protocol):
    """Gives the headers that authorise one request, and can be renewed where that makes sense."""

    def headers(self, url: str) -> dict[str, str]:
        """The headers for exactly this URL."""
        ...

    async def renew(self) -> bool:
        """Try to get a fresh authorisation; False when there is none to get."""
        ...


class Bearer:
    """OAuth 2: a token, and a way to ask for a new one."""

    def __init__(self, token: Secret, renew: Callable[[], Awaitable[Secret | None]] | None = None) -> None:
        self._token = token
        self._renew = renew

    def headers(self, url: str) -> dict[str, str]:
        """The token in a Bearer header."""
        return {"authorization": f"Bearer {self._token.reveal()}"}

    async def renew(self) -> bool:
        """Ask for a new token once more."""
        fresh = await self._renew() if self._renew else None
        if fresh is None:
            return False
        self._token = fresh
        return True


class Signed:
    """OAuth 1: every request is signed on its own."""

    def __init__(self, client_id: str, secret: Secret, method: SignatureMethod) -> None:
        self._client_id, self._secret = client_id, secret
        self.method: SignatureMethod = method

    def headers(self, url: str) -> dict[str, str]:
        """The signature of this URL with its parameters."""
        return {"authorization": authorization(url, self._client_id, self._secret, self.method)}

    async def renew(self) -> bool:
        """A signature has nothing to renew."""
        return False


class Nobody:
    """No authorisation, for the check that a server asks for one."""

    def headers(self, url: str) -> dict[str, str]:
        """No header."""
        return {}

    async def renew(self) -> bool:
        """Nothing to renew."""
        return False


def address(root: str, path: str, params: Params | None = None) -> str:
    """A root, a path and its parameters as one URL.

    A space is `%20` and an apostrophe `%27`, which every OAuth 1 verifier accepts; `+` and a raw `'` are not.
    """
    query = "&".join(
        f"{quote(key, safe='~')}={quote(str(value), safe='~')}" for key, value in (params or {}).items()
    )
    return f"{root}{path}?{query}" if query else f"{root}{path}"


def encoded_again(url: str) -> str:
    """An address that a server wrote, with its path and parameters encoded as `address` does it.

    A raw `|`, a space or a `+` would be sent otherwise than it is signed.
    """
    parts = urlsplit(url)
    pairs = (piece.partition("=") for piece in parts.query.split("&") if piece)
    query = "&".join(f"{_encode(key)}{sign}{_encode(value)}" for key, sign, value in pairs)
    return urlunsplit(
        (parts.scheme, parts.netloc, quote(unquote(parts.path), safe="/~:@!$&()*,;="), query, "")
    )


def _encode(text: str) -> str:
    return quote(unquote_plus(text), safe="~")


class DataClient:
    """Reads collections and records of one connection.

    `roots` are the service roots in use and may be changed by the access stage. Calls wait out a passing
    429 or 503, and renew a token that was accepted before and is refused now; what was overcome is told
    to `on_hiccup`.
    """

    def __init__(
        self,
        session: Session,
        version: OneRosterVersion,
        credentials: Credentials,
        on_transient_error: TransientErrorListener,
    ) -> None:
        self._session = session
        self._version: OneRosterVersion = version
        self._on_transient_error = on_transient_error
        self._vendor = ""
        if credentials.has_vendor_pair:
            key = clean_key(credentials.vendor_key.reveal()).text
            secret = clean_key(credentials.vendor_secret.reveal()).text
            # The colon between both is sent as it is (infinite-campus.md, "Grade book").
            self._vendor = f"{key}:{secret}"
        self.roots: dict[Service, str] = {}
        self.authorizer: Authorizer = Nobody()
        self._accepted = False

    async def list(
        self,
        path: str,
        *,
        limit: int = 100,
        params: Params | None = None,
        authorizer: Authorizer | None = None,
        vendor: Literal["send", "omit"] = "send",
        note: str = "",
        root: str = "",
    ) -> Reading:
        """One page of a collection; `params` come behind `limit`. A limit of 0 sends no parameters at all."""
        operation = collection(self._version, path)
        asked: dict[str, str | int] = {"limit": limit} if limit else {}
        url = address(root or self.roots[operation.service], path, {**asked, **(params or {})})
        answer = await self._send(url, operation.service, authorizer, vendor, note)
        return read(path, answer, operation.envelope, limit)

    async def follow(self, path: str, url: str, *, limit: int, note: str = "") -> Reading:
        """The page behind an address that the server named; the caller has checked that its host is ours."""
        operation = collection(self._version, path)
        answer = await self._send(encoded_again(url), operation.service, None, "send", note)
        return read(path, answer, operation.envelope, limit)

    async def one(self, path: str, sourced_id: str, *, note: str = "") -> Reading:
        """One record by its sourcedId; a record found is a list of one."""
        operation = collection(self._version, path)
        url = address(self.roots[operation.service], f"{path}/{quote(sourced_id, safe='~')}")
        answer = await self._send(url, operation.service, None, "send", note)
        return read(path, answer, _single(self._version, path), 0)

    async def _send(
        self,
        url: str,
        service: Service,
        authorizer: Authorizer | None,
        vendor: Literal["send", "omit"],
        note: str,
    ) -> Answer:
        who = authorizer or self.authorizer
        special = (
            {VENDOR_HEADER: self._vendor}
            if service == "gradebook" and vendor == "send" and self._vendor
            else {}
        )

        async def once() -> Answer:
            return await self._session.send("GET", url, headers={**who.headers(url), **special}, note=note)

        answer = await send_with_retries(once, self._session.retry_budget)
        if answer.status in (401, 403) and authorizer is None and self._accepted:
            # It was accepted before and is refused now: the token has ended, or this part is not allowed.
            if await self.authorizer.renew():
                answer = await send_with_retries(once, self._session.retry_budget)
            if answer.status in (401, 403):
                # What is refused with a new token too is refused: no renewal before another call is accepted.
                self._accepted = False
            elif answer.status is not None and answer.status < 400:
                self._on_transient_error(
                    "the token was refused in the middle of the run, and a new one was taken", answer.evidence
                )
        if answer.retried and answer.status is not None and answer.status < 400:
            self._on_transient_error("; ".join(answer.retried), answer.evidence)
        if answer.status == 200 and authorizer is None:
            self._accepted = True
        return answer


def _single(version: OneRosterVersion, path: str) -> str:
    from ..standard.operations import operations

    for operation in operations(version):
        if (
            operation.method == "GET"
            and operation.path.startswith(f"{path}/{{")
            and operation.path.count("/") == 2
        ):
            return operation.envelope
    return path.strip("/")
