"""The target of a run: the connection as it is used, made once from what the user typed.

Keys are cleaned, addresses taken apart and service roots worked out here; nobody does that again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from .connection import SECRET_FIELDS, Connection, Credentials, Secret
from .providers import Provider, provider
from .standard.addresses import BaseURL, app_name, campus_app, read_base, service_roots
from .standard.keys import CleanKey, clean_key, clean_token
from .standard.operations import Service
from .urls import Place, place_of


@dataclass(frozen=True, slots=True)
class Target:
    """What a run talks to.

    `connection` and `credentials` are as typed; everything else is as it is sent. `keys` holds the cleaned
    client id and secrets by field; `vendor` the pair of the vendor header, empty unless both halves are set;
    `base` the base URL taken apart; `roots` the root of each service; `token_url` is "" where no token is requested,
    and the client id with a fixed token, which needs none.
    `app` and `token_app` are the names of the app in the base URL and in the token URL, "" without one.
    """

    connection: Connection
    credentials: Credentials
    provider: Provider
    keys: Mapping[str, CleanKey]
    vendor: Secret
    base_url: str
    base: BaseURL
    base_place: Place
    roots: Mapping[Service, str]
    token_url: str
    token_place: Place
    scope: str
    app: str
    token_app: str

    @property
    def client_id(self) -> str:
        """The client id as it is sent."""
        return self.keys["client_id"].text

    @property
    def secret(self) -> Secret:
        """The client secret as it is sent."""
        return Secret(self.keys["client_secret"].text)

    @property
    def has_vendor_pair(self) -> bool:
        """Whether both halves of the vendor header are set."""
        return bool(self.vendor)


def make_target(connection: Connection, credentials: Credentials) -> Target:
    """The target behind a connection and its credentials; UnknownProvider when there is no such provider."""
    keys = {name: clean_key(getattr(credentials, name).reveal()) for name in SECRET_FIELDS}
    keys["client_id"] = clean_key("" if connection.fixed_token else connection.client_id)
    if connection.fixed_token:
        keys["client_secret"] = clean_token(credentials.client_secret.reveal())
    vendor = keys["vendor_key"].text, keys["vendor_secret"].text
    base_url = connection.base_url.strip()
    token_url = connection.token_url.strip() if connection.requests_token else ""
    base = read_base(base_url, connection.oneroster)
    return Target(
        connection=connection,
        credentials=credentials,
        provider=provider(connection.provider),
        keys=keys,
        # The colon between both is sent as it is (infinite-campus.md, "Grade book").
        vendor=Secret(":".join(vendor) if all(vendor) else ""),
        base_url=base_url,
        base=base,
        base_place=place_of(base_url),
        roots=service_roots(base.root, connection.oneroster),
        token_url=token_url,
        token_place=place_of(token_url),
        scope=" ".join(connection.scope.split()),
        app=unquote(campus_app(base.root)),
        token_app=app_name(token_url),
    )
