"""Whether a text is a web address that can be used, and the text that would be one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..target import Target
from ..urls import is_this_machine, split, without_userinfo
from .model import Outcome, failed, known, passed, warned

_EDGE = " \t\r\n\"'<>\u201c\u201d\u2018\u2019\u200b\ufeff"
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):/*")
_HOST = re.compile(r"^[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff_.-]*[A-Za-z0-9\u00a1-\uffff.])?$")
_LEFT_OF_A_SCHEME = re.compile(r"(?i)\A(?:https?)?:?/+")
_WHOLE_SCHEME = re.compile(r"(?i)\Ahttps?://[^/]")
_PLAUSIBLE = re.compile(r"\A(?:[\w-]++(?:\.[\w-]++)++(?::\d++)?(?:/|$|\?)|localhost)")


def malformed(url: str, *, key_prefix: str = "") -> tuple[str, str] | None:
    """Why a text is no web address ("is empty", …), and the text that would be one ("" when nobody can tell).

    None when the address can be read.
    """
    if not url.strip():
        return "is empty", ""
    if key_prefix and url.strip().startswith(key_prefix):
        return "is a key, not a URL", ""
    whole = "".join(url.split())
    if url.strip() != whole or any(char in url for char in "\u200b\ufeff\u00ad"):
        suggestion = "".join(char for char in whole if char not in "\u200b\ufeff\u00ad")
        suggestion = suggestion if _SCHEME.match(suggestion) or _plausible(suggestion) else ""
        return "has a space, a line break, or an invisible character inside", suggestion
    if url.strip().strip(_EDGE) != url.strip() or url.rstrip()[-1] in ",;)]":
        return "has punctuation around it", url.strip().strip(_EDGE).rstrip(",;)]")
    match = _SCHEME.match(whole)
    if not match or "." in match.group(1) or match.group(1).lower() == "localhost":
        rest = _LEFT_OF_A_SCHEME.sub("", whole)
        return "does not begin with https://", f"https://{rest}" if _plausible(rest) else ""
    if match.group(1).lower() not in ("http", "https"):
        rest = whole[match.end() :]
        suggestion = f"https://{rest}" if _plausible(rest) else ""
        return f"begins with {match.group(1)}:// instead of https://", suggestion
    if not _WHOLE_SCHEME.match(whole):
        rest = whole[match.end() :]
        return "has the wrong number of slashes after https:", f"https://{rest}" if _plausible(rest) else ""
    parts = split(whole)
    if parts is None:
        return "has an invalid host name or port", ""
    if not parts.hostname or not (_HOST.match(parts.hostname) or ":" in parts.hostname):
        return "has an invalid host name", ""
    if ".." in parts.hostname or any(len(label) > 63 for label in parts.hostname.split(".")):
        return "has an invalid host name", ""
    if parts.port == 0:
        return "has an invalid port", ""
    return None


def _plausible(rest: str) -> bool:
    return bool(_PLAUSIBLE.match(rest))


def form_outcome(field: str, url: str, target: Target) -> Outcome:
    """Whether one URL can be used at all: readable, without credentials in it, not in clear text."""
    problem = malformed(url, key_prefix=target.provider.client_id_prefix)
    if problem:
        reason, suggestion = problem
        # Some providers issue no tokens, so there is no such address.
        unused = True if field == "token_url" and 2 not in target.provider.oauth else None
        return failed("address.malformed", field=field, reason=reason, suggestion=suggestion, unused=unused)
    parts = urlsplit(url.strip())
    bare = without_userinfo(url)
    if bare is not None:
        return failed("address.credentials-in-url", field=field, suggestion=bare, host=parts.hostname)
    host = parts.hostname or ""
    if parts.scheme.lower() == "http" and not is_this_machine(host):
        facts = known({"field": field, "host": host, "suggestion": "https" + url.strip()[4:]})
        if target.connection.allow_plain_http:
            return warned("address.plain-http", **facts)
        return failed("address.plain-http", **facts)
    return passed(host=host)
