"""The requests of runs as HAR 1.2, which browsers and proxies read: no body, no cookie, no secret, no person.

Of an answer with an error, the server's own words stand where its body would. What this tool does not measure is -1 or
empty, as the format has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qsl

from ..authorized import VENDOR_HEADER, Authorized, AuthorizedBy, TokenForm
from ..connection import Connection
from ..evidence import Evidence, EvidenceKind
from ..redaction import HIDDEN
from ..result import Result
from ..urls import split
from ..version import USER_AGENT, __version__
from ..visible import safe_json
from .closing import name_of
from .requests import RequestRow, address_of, rows_of

_UNKNOWN = -1
_UNKNOWN_TYPE = "x-unknown"
_FORM = "application/x-www-form-urlencoded"
# How requests are sent; what version an answer names is not kept.
_HTTP = "HTTP/1.1"
_LEFT_OUT = "The body is left out: it may contain personal data."
_SAID = "The server's own words about the error; the rest of the body is left out."


def render(results: Sequence[Result]) -> str:
    """All runs as one HAR document, one page a run, ending in a line break."""
    document = {
        "log": {
            "version": "1.2",
            "creator": {"name": "oneroster-wizard", "version": __version__},
            "pages": [_page(number, result) for number, result in enumerate(results, 1)],
            "entries": [
                entry for number, result in enumerate(results, 1) for entry in _entries(number, result)
            ],
        }
    }
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _page(number: int, result: Result) -> dict[str, object]:
    return {
        "startedDateTime": _moment(result.started),
        "id": _page_id(number),
        "title": f"{name_of(result)}: {result.verdict.summary}",
        "pageTimings": {},
    }


def _page_id(number: int) -> str:
    return f"run_{number}"


def _entries(number: int, result: Result) -> Iterator[dict[str, object]]:
    started = result.started
    for row in rows_of(result):
        # Runs that an earlier version kept know no moments; their requests came one after the other.
        started = row.evidence.started or started
        yield _entry(_page_id(number), row, started, result.connection)
        started += timedelta(milliseconds=row.evidence.elapsed_ms)


def _entry(page: str, row: RequestRow, started: datetime, connection: Connection) -> dict[str, object]:
    evidence = row.evidence
    known = {"_check": row.check, "_requestId": evidence.request_id, "comment": evidence.note}
    return {
        "pageref": page,
        "startedDateTime": _moment(started),
        "time": evidence.elapsed_ms,
        "request": _request(evidence, connection),
        "response": _response(evidence),
        "cache": {},
        # Only the whole of it is measured.
        "timings": {"send": 0, "wait": evidence.elapsed_ms, "receive": 0},
        **{name: value for name, value in known.items() if value},
        **({"_error": evidence.note or "no answer"} if evidence.failed else {}),
    }


def _request(evidence: Evidence, connection: Connection) -> dict[str, object]:
    parts = split(evidence.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts else []
    sent = evidence.authorized
    is_token_request = sent is not None and sent.by is AuthorizedBy.CLIENT
    return {
        "method": evidence.method,
        "url": address_of(evidence, connection),
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": [] if evidence.kind is EvidenceKind.CONNECTION else _headers(sent),
        "queryString": [{"name": name, "value": value} for name, value in pairs],
        **({"postData": _form(sent, connection)} if sent is not None and is_token_request else {}),
        "headersSize": _UNKNOWN,
        "bodySize": 0 if evidence.method in ("GET", "CONNECT") else _UNKNOWN,
    }


def _headers(sent: Authorized | None) -> list[dict[str, str]]:
    found = [("Accept", "application/json"), ("User-Agent", USER_AGENT)]
    if sent is not None:
        scheme = _scheme(sent)
        found += [("Authorization", f"{scheme} {HIDDEN}")] if scheme else []
        found += [(VENDOR_HEADER, HIDDEN)] if sent.vendor else []
        found += [("Content-Type", _FORM)] if sent.by is AuthorizedBy.CLIENT else []
    return [{"name": name, "value": value} for name, value in found]


def _scheme(sent: Authorized) -> str:
    match sent.by:
        case AuthorizedBy.CLIENT:
            return "" if sent.form is TokenForm.BODY else "Basic"
        case AuthorizedBy.TOKEN | AuthorizedBy.FIXED_TOKEN:
            return "Bearer"
        case AuthorizedBy.SIGNATURE:
            return "OAuth"
        case AuthorizedBy.NOTHING:
            return ""


def _form(sent: Authorized, connection: Connection) -> dict[str, object]:
    fields = [("grant_type", "client_credentials")]
    fields += [("scope", sent.scope)] if sent.scope else []
    if sent.form is TokenForm.BODY:
        fields += [("client_id", connection.client_id), ("client_secret", HIDDEN)]
    return {"mimeType": _FORM, "params": [{"name": name, "value": value} for name, value in fields]}


def _response(evidence: Evidence) -> dict[str, object]:
    size = _UNKNOWN if evidence.size is None else evidence.size
    headers = [("Date", evidence.server_date), ("Content-Type", evidence.content_type)]
    came = evidence.status is not None
    content: dict[str, object] = {"size": max(size, 0), "mimeType": evidence.content_type or _UNKNOWN_TYPE}
    if evidence.said:
        content |= {"text": evidence.said, "comment": _SAID}
    elif size > 0:
        content["comment"] = _LEFT_OUT
    return {
        # Browsers write 0 where no answer came.
        "status": evidence.status or 0,
        "statusText": _status_text(evidence.status),
        "httpVersion": _HTTP if came else "",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in headers if value],
        "content": content,
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
    }


def _status_text(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return ""


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
