"""Wrong addresses and keys: the district is healthy, what it hands out is not."""

from __future__ import annotations

from dataclasses import replace

from oneroster_checks.connection import Connection, Credentials, Secret

from ..exchange import Request, Response, html_response
from ..fault import DataRules, Fault, HandedOut, HandOut, Problem
from ..site import APP, OTHER_APP, Site, legacy_path

# A host that nobody can register (RFC 2606); nothing is ever sent to it.
_FAR_HOST = "http://practice.example"


def _impossible_port(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=connection.base_url.replace(f":{site.port}/", ":99999/")), credentials


def _far_away(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    moved = connection.but(
        base_url=connection.base_url.replace(site.origin, _FAR_HOST),
        token_url=connection.token_url.replace(site.origin, _FAR_HOST),
    )
    return moved, credentials


def _login_inside(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=connection.base_url.replace("://", "://user:password@")), credentials


def _doubled(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=connection.base_url.replace("/campus/", "/campus/campus/", 1)), credentials


def _endpoint(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=site.service_url("rostering") + "/orgs"), credentials


def _other_version(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=site.base_url("1.1" if site.oneroster == "1.2" else "1.2")), credentials


def _legacy(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=site.legacy_base_url()), credentials


def _legacy_is_gone(request: Request, site: Site) -> Response | None:
    if request.path.startswith(legacy_path(site.oneroster)):
        return html_response(404, "Not found", "<h1>404</h1>")
    return None


def _no_app(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(token_url=connection.token_url.partition("?")[0]), credentials


def _other_app(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(token_url=site.token_url(OTHER_APP)), credentials


def _other_host(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(token_url=connection.token_url.replace(site.host, "localhost")), credentials


def _swap_fields(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(base_url=connection.client_id, client_id=connection.base_url), credentials


def _no_secret(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection, replace(credentials, client_secret=Secret())


def _foreign_key(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(client_id=f"{APP}-client-4711"), credentials


def _spaces_around(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(client_id=f" {connection.client_id} "), credentials


def _fault(code: str, title: str, hand_out: HandOut, *, oauth2: bool = False) -> Fault:
    return Fault(problem=Problem(code, title, oauth=2 if oauth2 else None), hand_out=hand_out)


FAULTS = (
    _fault("address.malformed", "The base URL has an impossible port number", _impossible_port),
    _fault("address.plain-http", "The addresses start with http instead of https", _far_away),
    _fault("address.credentials-in-url", "The base URL contains a user name and a password", _login_inside),
    _fault("address.doubled-path", "The base URL has /campus twice", _doubled),
    _fault("address.endpoint-pasted", "The base URL ends in the endpoint /orgs", _endpoint),
    _fault("address.version-mismatch", "The base URL is for the other OneRoster version", _other_version),
    Fault(
        problem=Problem(
            "address.legacy", "The base URL has the old form, which no longer works", oneroster="1.1"
        ),
        hand_out=_legacy,
        data=DataRules(before_authorization=_legacy_is_gone),
    ),
    _fault("address.app-name-missing", "The token URL has no appName", _no_app, oauth2=True),
    _fault(
        "address.app-name-mismatch",
        "The token URL names a different application than the base URL",
        _other_app,
        oauth2=True,
    ),
    _fault(
        "address.host-mismatch",
        "The token URL and the base URL have different hosts",
        _other_host,
        oauth2=True,
    ),
    _fault("address.fields-swapped", "The base URL and the key are in each other's fields", _swap_fields),
    Fault(
        problem=Problem(
            "address.unsupported-combination",
            "OAuth 1 is combined with OneRoster 1.2",
            oauth=1,
            oneroster="1.2",
        )
    ),
    _fault("key.missing", "The client secret is missing", _no_secret),
    _fault(
        "key.unexpected-format", "The key does not begin with InfiniteCampus_ and is refused", _foreign_key
    ),
    _fault("key.stray-characters", "The key has spaces around it", _spaces_around),
)
