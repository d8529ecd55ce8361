"""What may be shown of one request and its answer: redacted, with no body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..authorized import Authorized
from ..evidence import Evidence
from ..limits import HEADER_CHARACTERS
from .answer import Answer
from .content import Content
from .json_bounds import over_limit
from .redaction import Redaction

_REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-trace-id",
    "cf-ray",
)
_DATE = re.compile(r"[A-Za-z]{3,9}, \d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} \S{1,6}")
_ID = re.compile(r"[\w.:;=/+-]{4,80}")
# What answers of a district, of a token URL, and of what stands between are.
_MEDIA_TYPES = frozenset(
    """application/json application/problem+json application/hal+json application/vnd.api+json application/xml
    application/problem+xml application/xhtml+xml application/octet-stream application/x-www-form-urlencoded
    application/javascript application/gzip application/zip application/pdf text/html text/plain text/xml text/csv
    text/javascript text/json""".split()
)


def with_evidence(
    answer: Answer, kept: Content, note: str, words: Iterable[str], redaction: Redaction
) -> Answer:
    """The same answer with all of its evidence that may be shown, and with what is kept of its content.

    Of `answer.evidence` stays what was sent and when. `note` says in a few words what the request shows;
    `words` are what the server says of an error.
    The redaction must know the secrets and people of this answer already.
    """
    failure = answer.failure
    if failure is not None:
        note = "; ".join(part for part in (note, f"no answer: {failure.detail}") if part)
    sent = answer.evidence
    evidence = Evidence(
        method=sent.method,
        url=redaction.address(answer.url),
        status=answer.status,
        elapsed_ms=sent.elapsed_ms,
        kind=sent.kind,
        check=sent.check,
        started=sent.started,
        note=note,
        server_date=_date(answer.headers),
        request_id=redaction.id(_request_id(answer.headers)),
        outline="" if failure else _outline(answer, redaction),
        failed=failure is not None,
        said=redaction.said(words),
        size=None if failure else answer.content.size,
        content_type=_media_type(answer.headers),
        authorized=_shown_authorized(sent.authorized, redaction),
    )
    return replace(answer, evidence=evidence, content=kept)


def _shown_authorized(authorized: Authorized | None, redaction: Redaction) -> Authorized | None:
    if authorized is None or not authorized.scope:
        return authorized
    return replace(authorized, scope=redaction.text(authorized.scope))


def _date(headers: Mapping[str, str]) -> str:
    """The Date header, "" when it is none: a header may hold anything."""
    text = headers.get("date", "").strip()
    return text if _DATE.fullmatch(text) else ""


def _media_type(headers: Mapping[str, str]) -> str:
    """The media type that the Content-Type header names, without its parameters, "" for one that is not usual.

    So it is one of the words above, and nothing that a server made up.
    """
    text = headers.get("content-type", "")[:HEADER_CHARACTERS].partition(";")[0].strip().lower()
    return text if text in _MEDIA_TYPES else ""


def _request_id(headers: Mapping[str, str]) -> str:
    """What the server calls this request, "" when no header holds something that is an id."""
    for name in _REQUEST_IDS:
        text = headers.get(name, "").strip()
        if _ID.fullmatch(text) and any(char.isdigit() for char in text):
            return text
    return ""


def _outline(answer: Answer, redaction: Redaction) -> str:
    """What came back, in words and without a person's values."""
    content = answer.content
    if content.raw is not None:
        return f"{content.size} bytes of JSON"
    if content.undecoded is not None:
        return f"{over_limit(content.undecoded)}; this tool reads no more"
    if answer.is_json:
        return redaction.outline(answer.document)
    if content.is_blank:
        return "only white space" if content.size else "nothing"
    if answer.looks_like_html:
        return f"a web page of {content.size} bytes"
    return f"{content.size} bytes that are neither JSON nor a web page"
