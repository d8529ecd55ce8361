"""The rules for addresses: pure functions of what the user typed, so that a form can ask them at each key."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

from ..connection import Connection, Credentials
from ..finding import FactDict
from ..labels import field_label
from ..providers import Provider
from ..standard.addresses import (
    VERSION_PATH,
    app_name,
    campus_app,
    campus_token_url,
    is_campus_legacy,
    read_base,
    versions_in,
    without_doubling,
)
from ..standard.keys import clean_key, looks_like_url
from ..urls import host_of, is_this_machine, split
from .model import Outcome, failed, passed, skipped, warned

_EDGE = " \t\r\n\"'<>\u201c\u201d\u2018\u2019\u200b\ufeff"
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):/*")
_HOST = re.compile(r"^[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff_.-]*[A-Za-z0-9\u00a1-\uffff.])?$")


def malformed(url: str, *, key_prefix: str = "") -> tuple[str, str] | None:
    """Why a text is no web address, and the text that would be one ("" when nobody can tell).

    None when the address can be read.
    """
    if not url.strip():
        return "it is empty", ""
    if key_prefix and url.strip().startswith(key_prefix):
        return "it holds a key, not an address", ""
    whole = "".join(url.split())
    if url.strip() != whole or any(char in url for char in "\u200b\ufeff\u00ad"):
        suggestion = "".join(char for char in whole if char not in "\u200b\ufeff\u00ad")
        suggestion = suggestion if _SCHEME.match(suggestion) or _plausible(suggestion) else ""
        return "there is a space, a line break or an invisible character inside it", suggestion
    if url.strip().strip(_EDGE) != url.strip() or url.rstrip()[-1] in ",;)]":
        return "there is punctuation around it", url.strip().strip(_EDGE).rstrip(",;)]")
    match = _SCHEME.match(whole)
    if not match or "." in match.group(1) or match.group(1).lower() == "localhost":
        rest = re.sub(r"^(?:https?)?:?/+", "", whole, flags=re.IGNORECASE)
        return "it does not begin with https://", f"https://{rest}" if _plausible(rest) else ""
    if match.group(1).lower() not in ("http", "https"):
        rest = whole[match.end() :]
        suggestion = f"https://{rest}" if _plausible(rest) else ""
        return f"it begins with {match.group(1)}:// where https:// belongs", suggestion
    if not re.match(r"(?i)https?://[^/]", whole):
        rest = whole[match.end() :]
        return "the two slashes behind https: are not right", f"https://{rest}" if _plausible(rest) else ""
    parts = split(whole)
    if parts is None:
        return "its host or port cannot be read", ""
    if not parts.hostname or not (_HOST.match(parts.hostname) or ":" in parts.hostname):
        return "it has no host name that can exist", ""
    if ".." in parts.hostname or any(len(label) > 63 for label in parts.hostname.split(".")):
        return "it has no host name that can exist", ""
    if parts.port == 0:
        return "its port cannot exist", ""
    return None


def _plausible(rest: str) -> bool:
    return bool(re.match(r"^[\w-]+(\.[\w-]+)+(:\d+)?(/|$|\?)|^localhost", rest))


def judge_form(field: str, url: str, connection: Connection) -> Outcome:
    """Whether one URL can be used at all: readable, without credentials in it, not in clear text."""
    problem = malformed(url)
    if problem:
        reason, suggestion = problem
        return failed(
            "address.malformed", field=field, reason=reason, suggestion=suggestion, value=url.strip()[:200]
        )
    parts = urlsplit(url.strip())
    if parts.username is not None or parts.password is not None:
        suggestion = url.strip().replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)
        return failed(
            "address.credentials-in-url", field=field, suggestion=suggestion, host=parts.hostname or ""
        )
    host = parts.hostname or ""
    if parts.scheme.lower() == "http" and not is_this_machine(host):
        facts: FactDict = {"field": field, "host": host, "suggestion": "https" + url.strip()[4:]}
        if connection.allow_plain_http:
            return warned("address.plain-http", **facts)
        return failed("address.plain-http", **facts)
    return passed(field=field, host=host)


def judge_fields(connection: Connection, credentials: Credentials, provider: Provider) -> Outcome:
    """Whether a value stands in another value's field."""
    base, token = connection.base_url.strip(), connection.token_url.strip()
    key, secret = connection.client_id.strip(), credentials.client_secret.reveal().strip()
    prefix = provider.client_id_prefix
    wrong: tuple[str, str, str] | None = None
    if looks_like_url(key):
        wrong = ("client_id", "the client id holds a web address", "")
    elif looks_like_url(secret):
        wrong = ("client_secret", "the client secret holds a web address", "")
    elif prefix and secret.startswith(prefix):
        wrong = ("client_secret", f"the client secret begins with {prefix}, as only the key does", "")
    elif prefix and base.startswith(prefix):
        wrong = ("base_url", "the base URL holds a key", "")
    elif prefix and token.startswith(prefix):
        wrong = ("token_url", "the token URL holds a key", "")
    elif connection.oauth == 2 and _is_token_like(base) and _is_base_like(token):
        wrong = ("base_url", "the token URL and the base URL are exchanged", token)
    elif _is_token_like(base) and connection.oauth == 2 and base == token:
        wrong = ("base_url", "the base URL holds the token URL", "")
    elif connection.oauth == 2 and _is_base_like(token) and base == token:
        wrong = ("token_url", "the token URL holds the base URL", "")
    if wrong is None:
        return passed()
    field, what, suggestion = wrong
    facts: FactDict = {"field": field, "what": what, "suggestion": suggestion}
    if suggestion:
        facts["other_suggestion"] = base
    return failed("address.fields-swapped", **facts)


def _is_token_like(url: str) -> bool:
    path = urlsplit(url).path.lower() if split(url) else ""
    return "/oauth2/token" in path or path.endswith(("/token", "/access_token", "/token.oauth2"))


def _is_base_like(url: str) -> bool:
    path = urlsplit(url).path.lower() if split(url) else ""
    return "/ims/oneroster" in path or bool(versions_in(url))


def judge_doubled(connection: Connection) -> Outcome:
    """Whether a part of a path stands there twice."""
    urls = {"base_url": connection.base_url.strip()}
    if connection.oauth == 2:
        urls["token_url"] = connection.token_url.strip()
    for field, url in urls.items():
        suggestion = without_doubling(url)
        if suggestion != url:
            doubled = "/campus" if re.search(r"(?i)/campus/campus", url) else _doubled_part(url, suggestion)
            return failed("address.doubled-path", field=field, suggestion=suggestion, value=url, what=doubled)
    return passed()


def _doubled_part(url: str, suggestion: str) -> str:
    for part in ("/ims/oneroster", "/rostering", "/gradebook", "/oauth2/token"):
        if url.lower().count(part) > suggestion.lower().count(part):
            return part
    return "a part of the path"


def judge_endpoint(connection: Connection) -> Outcome:
    """Whether the base URL goes on to one endpoint or holds a query; both are taken off by the tool."""
    base = read_base(connection.base_url, connection.oneroster)
    if not base.endpoint and not base.query:
        return passed(value=base.root)
    what = f"/{base.endpoint}" if base.endpoint else "a query behind a question mark"
    value = connection.base_url.strip()
    return warned("address.endpoint-pasted", field="base_url", suggestion=base.root, what=what, value=value)


def judge_version(connection: Connection) -> Outcome:
    """Whether the version in the path is the chosen one."""
    found = versions_in(connection.base_url)
    chosen = connection.oneroster
    if not found:
        return passed(chosen_version=chosen)
    if found[-1] == chosen and len(found) == 1:
        return passed(chosen_version=chosen)
    other = next(version for version in found if version != chosen)
    # A service suffix decides what is asked; where two versions stand, the chosen one may still be mended.
    tail = f"/{VERSION_PATH[chosen]}"
    suggestion = re.sub(r"(?i)/v1p[0-9](?=/|$)", tail, connection.base_url.strip()) if len(found) > 1 else ""
    return failed(
        "address.version-mismatch",
        field="base_url", found_version=other, chosen_version=chosen, suggestion=suggestion,
    )  # fmt: skip


def judge_legacy(connection: Connection) -> Outcome:
    """Whether a Campus base URL has the old path."""
    if is_campus_legacy(connection.base_url):
        return warned("address.legacy", field="base_url", value=connection.base_url.strip())
    return passed()


def judge_app_name(connection: Connection) -> Outcome:
    """Whether a Campus token URL says which app it is for."""
    token = connection.token_url.strip()
    found = app_name(token)
    if found:
        return passed(token_app=found)
    app = campus_app(connection.base_url)
    if not app:
        return failed("address.app-name-missing", field="token_url", suggestion="", app="", value=token)
    parts = urlsplit(token)
    if not re.search(r"(?i)/oauth2/token/?$", parts.path):
        suggestion = (
            campus_token_url(connection.base_url, app)
            if host_of(token) == host_of(connection.base_url)
            else ""
        )
    else:
        suggestion = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}?appName={quote(app)}"
    return failed("address.app-name-missing", field="token_url", suggestion=suggestion, app=app, value=token)


def judge_app_match(connection: Connection) -> Outcome:
    """Whether both URLs name the same app; a strong hint, not proof (infinite-campus.md, B)."""
    token_app, app = app_name(connection.token_url), unquote(campus_app(connection.base_url))
    if not app:
        return skipped("the base URL names no app")
    if token_app == app:
        return passed(app=app)
    suggestion = re.sub(r"(appName=)[^&#]*", rf"\g<1>{quote(app)}", connection.token_url.strip(), count=1)
    return warned(
        "address.app-name-mismatch", field="token_url", token_app=token_app, app=app, suggestion=suggestion
    )


def judge_hosts(connection: Connection) -> Outcome:
    """Whether both URLs lead to the same host, where they always have."""
    token_host, base_host = host_of(connection.token_url), host_of(connection.base_url)
    if token_host == base_host:
        return passed(host=base_host)
    return warned("address.host-mismatch", field="token_url", token_host=token_host, base_host=base_host)


def judge_key_format(connection: Connection, provider: Provider) -> Outcome:
    """Whether the client id looks like one of this provider (infinite-campus.md, A)."""
    key = clean_key(connection.client_id).text
    if key.startswith(provider.client_id_prefix):
        return passed()
    return warned("key.unexpected-format", field="client_id", expected=provider.client_id_prefix)


def judge_key_characters(connection: Connection, credentials: Credentials) -> Outcome:
    """Whether a pasted key or secret brought characters that nobody meant."""
    values = {
        "client_id": connection.client_id,
        "client_secret": credentials.client_secret.reveal(),
        "vendor_key": credentials.vendor_key.reveal(),
        "vendor_secret": credentials.vendor_secret.reveal(),
    }
    cleaned = {field: clean_key(value) for field, value in values.items()}
    found = {field: clean for field, clean in cleaned.items() if clean.strange}
    if not found:
        return passed()
    first = next(iter(found))
    if len(found) == 1:
        what = found[first].strange
    else:
        what = "; ".join(f"{field_label(name)}: {clean.strange}" for name, clean in found.items())
    suggestion = found[first].text if first == "client_id" else None
    outcome = warned("key.stray-characters", field=first, what=what, suggestion=suggestion)
    # What stood around a key was taken off before it was sent; only what is inside can be to blame.
    return replace(outcome, to_blame=any(clean.inside for clean in found.values()))
