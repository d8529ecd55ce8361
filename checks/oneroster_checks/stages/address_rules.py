"""The rules for addresses: pure functions of a target, so that a form can ask them at each key."""

from __future__ import annotations

import re
from urllib.parse import quote

from ..finding import FactDict
from ..labels import field_label
from ..standard.addresses import (
    VERSION_PATH,
    campus_token_url,
    is_campus_legacy,
    versions_in,
    without_doubling,
)
from ..standard.keys import looks_like_url
from ..target import Target
from ..urls import path_of, split
from .model import Outcome, failed, passed, skipped, warned

_DOUBLED_CAMPUS = re.compile(r"(?i)/campus/campus")
_VERSION_PART = re.compile(r"(?i)/v1p[0-9](?=/|$)")
_TOKEN_PATH = re.compile(r"(?i)/oauth2/token/?$")
_APP_NAME = re.compile(r"(appName=)[^&#]*")


def fields_outcome(target: Target) -> Outcome:
    """Whether a value is in another value's field."""
    base, token = target.base_url, target.token_url
    key, secret = target.client_id, target.keys["client_secret"].text
    prefix = target.provider.client_id_prefix
    label = field_label("client_secret", fixed_token=target.connection.fixed_token)
    wrong: tuple[str, str, str] | None = None
    if looks_like_url(key):
        wrong = ("client_id", "the client id is a URL", "")
    elif looks_like_url(secret):
        wrong = ("client_secret", f"the {label} is a URL", "")
    elif prefix and secret.startswith(prefix):
        wrong = ("client_secret", f"the {label} begins with {prefix}, as only keys do", "")
    elif prefix and base.startswith(prefix):
        wrong = ("base_url", "the base URL is a key", "")
    elif prefix and token.startswith(prefix):
        wrong = ("token_url", "the token URL is a key", "")
    elif _is_token_like(base) and _is_base_like(token):
        wrong = ("base_url", "the token URL and the base URL are swapped", token)
    elif _is_token_like(base) and base == token:
        wrong = ("base_url", "the base URL is the token URL", "")
    elif _is_base_like(token) and base == token:
        wrong = ("token_url", "the token URL is the base URL", "")
    if wrong is None:
        return passed()
    field, what, suggestion = wrong
    other = base if suggestion else None
    return failed(
        "address.fields-swapped", field=field, what=what, suggestion=suggestion, other_suggestion=other
    )


def _is_token_like(url: str) -> bool:
    path = path_of(url).lower()
    return "/oauth2/token" in path or path.endswith(("/token", "/access_token", "/token.oauth2"))


def _is_base_like(url: str) -> bool:
    path = path_of(url).lower()
    return "/ims/oneroster" in path or bool(versions_in(url))


def doubled_outcome(target: Target) -> Outcome:
    """Whether a part of a path appears twice."""
    for field, url in (("base_url", target.base_url), ("token_url", target.token_url)):
        suggestion = without_doubling(url)
        if suggestion != url:
            doubled = "/campus" if _DOUBLED_CAMPUS.search(url) else _doubled_part(url, suggestion)
            return failed("address.doubled-path", field=field, suggestion=suggestion, what=doubled)
    return passed()


def _doubled_part(url: str, suggestion: str) -> str:
    for part in ("/ims/oneroster", "/rostering", "/gradebook", "/oauth2/token"):
        if url.lower().count(part) > suggestion.lower().count(part):
            return part
    return "a part of the path"


def endpoint_outcome(target: Target) -> Outcome:
    """Whether the base URL goes on to one endpoint or holds a query; both are taken off by the tool."""
    base = target.base
    if not base.endpoint and not base.query:
        return passed()
    what = f"/{base.endpoint}" if base.endpoint else "a query after a question mark"
    return warned("address.endpoint-pasted", field="base_url", suggestion=base.root, what=what)


def version_outcome(target: Target) -> Outcome:
    """Whether the version in the path is the chosen one."""
    found = versions_in(target.base_url)
    chosen = target.connection.oneroster
    if not found:
        return passed(chosen_version=chosen)
    if found[-1] == chosen and len(found) == 1:
        return passed(chosen_version=chosen)
    other = next(version for version in found if version != chosen)
    # A service suffix decides what is requested; where two versions appear, the chosen one can be suggested.
    tail = f"/{VERSION_PATH[chosen]}"
    suggestion = _VERSION_PART.sub(tail, target.base_url) if len(found) > 1 else ""
    return failed(
        "address.version-mismatch",
        field="base_url", found_version=other, chosen_version=chosen, suggestion=suggestion, **choice_of(other),
    )  # fmt: skip


def choice_of(version: str) -> FactDict:
    """Whether a version that an address names can be chosen here: the old 1.0 cannot."""
    return {"choosable" if version in VERSION_PATH else "unread": True}


def legacy_outcome(target: Target) -> Outcome:
    """Whether a Campus base URL has the old path."""
    if is_campus_legacy(target.base_url):
        return warned("address.legacy", field="base_url")
    return passed()


def app_name_outcome(target: Target) -> Outcome:
    """Whether a Campus token URL says which app it is for."""
    token, app = target.token_url, target.app
    if target.token_app:
        return passed(token_app=target.token_app)
    parts = split(token)
    suggestion = ""
    if parts and app and _TOKEN_PATH.search(parts.path):
        suggestion = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}?appName={quote(app)}"
    elif app and target.token_place.host == target.base_place.host:
        suggestion = campus_token_url(target.base_url, app)
    return failed("address.app-name-missing", field="token_url", suggestion=suggestion, app=app)


def app_match_outcome(target: Target) -> Outcome:
    """Whether both URLs name the same app; a strong hint, not proof (infinite-campus.md, B)."""
    token_app, app = target.token_app, target.app
    if not app:
        return skipped("the base URL names no app")
    if not target.token_url:
        return skipped("there is no token URL yet")
    if token_app == app:
        return passed(app=app)
    suggestion = _APP_NAME.sub(rf"\g<1>{quote(app)}", target.token_url, count=1)
    return warned(
        "address.app-name-mismatch", field="token_url", token_app=token_app, app=app, suggestion=suggestion
    )


def hosts_outcome(target: Target) -> Outcome:
    """Whether both URLs lead to the same host, where they always have."""
    token_host, base_host = target.token_place.host, target.base_place.host
    if not token_host or not base_host:
        return skipped("one of the addresses is missing")
    if token_host == base_host:
        return passed(host=base_host)
    return warned("address.host-mismatch", field="token_url", token_host=token_host, base_host=base_host)


def combination_outcome(target: Target) -> Outcome:
    """Whether this OAuth version exists for this OneRoster version."""
    if target.connection.oauth == 1 and target.connection.oneroster == "1.2":
        return failed("address.unsupported-combination", field="oauth", suggestion="2", chosen_version="1.2")
    return passed()
