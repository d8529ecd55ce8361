"""A caller of the practice district that knows nothing of the engine: httpx, and oauthlib for OAuth 1."""

from __future__ import annotations

import base64
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote, quote_plus

import httpx
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client

from oneroster_practice import PracticeDistrict

GRANT = {"grant_type": "client_credentials"}


Method = Literal["GET", "PUT", "POST", "DELETE"]


class Caller:
    """Calls one district with what it handed out, or with a changed secret."""

    def __init__(self, district: PracticeDistrict, *, secret: str | None = None):
        self.connection = district.connection
        self.credentials = district.credentials
        self.secret = district.credentials.client_secret.reveal() if secret is None else secret
        self.http = httpx.Client(trust_env=False, timeout=20.0)
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def basic(self) -> str:
        """The value of a Basic header from the form-encoded id and secret."""
        pair = f"{quote_plus(self.connection.client_id)}:{quote_plus(self.secret)}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def token_by_header(self, scope: str = "") -> httpx.Response:
        """A token request with the credentials in the header."""
        form = GRANT | ({"scope": scope} if scope else {})
        return self.http.post(self.connection.token_url, data=form, headers={"Authorization": self.basic()})

    def token_by_body(self) -> httpx.Response:
        """A token request with the credentials in the body."""
        pair = {"client_id": self.connection.client_id, "client_secret": self.secret}
        return self.http.post(self.connection.token_url, data=GRANT | pair)

    def token(self) -> str:
        """A token, asked for once."""
        if not self._token:
            self._token = str(self.token_by_header().json()["access_token"])
        return self._token

    def url(self, path: str, service: str = "rostering") -> str:
        """The address of a path in a service."""
        suffix = f"/{service}/v1p2" if self.connection.oneroster == "1.2" else ""
        return f"{self.connection.base_url}{suffix}/{path}"

    def call(
        self,
        method: Method,
        path: str,
        *,
        service: str = "rostering",
        vendor: bool | None = None,
        **kwargs: Any,
    ) -> httpx.Response:
        """A data call, authorised as the connection's OAuth version wants it."""
        url = self.url(path, service)
        headers = {"Authorization": self.authorization(method, url)}
        if service == "gradebook" if vendor is None else vendor:
            key, secret = self.credentials.vendor_key, self.credentials.vendor_secret
            headers["x-vendor-authorization"] = f"{key.reveal()}:{secret.reveal()}"
        return self.http.request(method, url, headers=headers, **kwargs)

    def authorization(self, method: Method, url: str) -> str:
        """The Authorization header for a call."""
        return self.signed(method, url) if self.connection.oauth == 1 else f"Bearer {self.token()}"

    def signed(
        self,
        method: Method,
        url: str,
        signature: str = SIGNATURE_HMAC_SHA256,
        *,
        timestamp: int | None = None,
    ) -> str:
        """An OAuth 1 header for a call."""
        client = Client(
            self.connection.client_id,
            client_secret=self.secret,
            signature_method=signature,
            timestamp=None if timestamp is None else str(timestamp),
        )
        return str(client.sign(url, method)[1]["Authorization"])

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        """GET of a path with its query already encoded."""
        return self.call("GET", path, **kwargs)

    def records(self, path: str, **kwargs: Any) -> list[dict[str, Any]]:
        """The records of one list, up to the largest limit."""
        answer = self.get(f"{path}{'&' if '?' in path else '?'}limit=50000", **kwargs)
        assert answer.status_code == 200, path
        (found,) = [value for value in answer.json().values() if isinstance(value, list)]
        return found


def filtered(path: str, expression: str) -> str:
    """A path with a percent-encoded filter."""
    return f"{path}?filter={quote(expression, safe='')}"
