"""How data requests are authorized: with a token, with a signature, or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from ..authorized import Authorized, AuthorizedBy
from ..connection import Secret
from .oauth1 import AS_SENT, SignatureMethod, SignedAs, Verb, authorization

_GRANTED = Authorized(AuthorizedBy.TOKEN)


class Authorizer(Protocol):
    """Gives the headers that authorize one request, and can be renewed where that makes sense.

    `authorized` says what they are, without them.
    """

    @property
    def authorized(self) -> Authorized:
        """What the headers are."""
        ...

    def headers(self, url: str, verb: Verb = "GET") -> dict[str, str]:
        """The headers for a request with this verb to exactly this URL, as it is sent."""
        ...

    async def renew(self) -> bool:
        """Try to get a fresh authorization; False when there is none to get."""
        ...


class Bearer:
    """OAuth 2: a token, and a way to ask for a new one; `authorized` says what kind of token it is."""

    def __init__(
        self,
        token: Secret,
        renew: Callable[[], Awaitable[Secret | None]] | None = None,
        authorized: Authorized = _GRANTED,
    ) -> None:
        self._token = token
        self._renew = renew
        self.authorized = authorized

    def headers(self, url: str, verb: Verb = "GET") -> dict[str, str]:
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
    """OAuth 1: every request is signed on its own, for its own address and time or as `signed_as` says.

    `made_up` says that the secret is none.
    """

    def __init__(
        self,
        client_id: str,
        secret: Secret,
        method: SignatureMethod,
        signed_as: SignedAs = AS_SENT,
        *,
        made_up: bool = False,
    ) -> None:
        self._client_id, self._secret = client_id, secret
        self._signed_as = signed_as
        self.method: SignatureMethod = method
        self.authorized = Authorized(AuthorizedBy.SIGNATURE, made_up=made_up)

    def headers(self, url: str, verb: Verb = "GET") -> dict[str, str]:
        """The signature of this URL with its parameters."""
        header = authorization(url, self._client_id, self._secret, self.method, self._signed_as, verb)
        return {"authorization": header}

    async def renew(self) -> bool:
        """A signature has nothing to renew."""
        return False


class Anonymous:
    """No authorization, for the check that a server asks for one."""

    authorized = Authorized()

    def headers(self, url: str, verb: Verb = "GET") -> dict[str, str]:
        """No header."""
        return {}

    async def renew(self) -> bool:
        """Nothing to renew."""
        return False
