"""Why a `get` brought nothing, or not everything, in sentences."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oneroster_checks.client.reading import Kind
    from oneroster_checks.connection import Share
    from oneroster_checks.diagnosis.getting import Fetched
    from oneroster_checks.evidence import Evidence
    from oneroster_checks.result import Result


def failure_lines(result: Result, fetched: Fetched, profile: str) -> list[str]:
    """The sentence that says what happened, the server's own words, and what to do next."""
    from oneroster_checks.labels import PARTS

    if not fetched.is_authorized:
        return [*_unauthorized(result), _next(profile)]
    lines = list(_answer(fetched))
    if fetched.records:
        came = "1 record" if fetched.records == 1 else f"{fetched.records:,} records"
        lines.append(f"{came} came before that. The output ends there.")
    if fetched.stopped or _is_about_path(fetched):
        return lines
    part = _part_not_expected(result, fetched)
    if part is None:
        return [*lines, _next(profile)]
    # A check of this profile does not look at it.
    missing = f"The data you expect in this profile does not include: {PARTS[part]}."
    return [*lines, missing, _next(profile, f" --share {','.join((*result.connection.share, part))}")]


def _unauthorized(result: Result) -> Iterator[str]:
    from oneroster_checks.causes.remaining import to_fix
    from oneroster_checks.report.words import said_lines

    yield f"The request was not sent: {result.verdict.summary}"
    for reported in to_fix(result)[:1]:
        yield from said_lines(reported)


def _next(profile: str, options: str = "") -> str:
    return f"To find out why, run: oneroster-wizard check {shlex.quote(profile)}{options}"


def _part_not_expected(result: Result, fetched: Fetched) -> Share | None:
    """The part of the data that was asked for, where the profile does not expect it."""
    from oneroster_checks.standard.matching import operation_behind
    from oneroster_checks.standard.scopes import part_of
    from oneroster_checks.urls import path_of

    if fetched.evidence is None:
        return None
    words = path_of(fetched.evidence.url).strip("/").split("/")
    operation = operation_behind(result.connection.oneroster, "GET", words)
    part = part_of(operation) if operation is not None else None
    return None if part is None or result.connection.shares(part) else part


def _answer(fetched: Fetched) -> Iterator[str]:
    from oneroster_checks.report.words import SAID

    if fetched.stopped:
        yield fetched.stopped
        return
    evidence = fetched.evidence
    if evidence is None:
        return
    yield f"{_sentence(fetched.kind, evidence)}."
    parts = [f"{evidence.method} {evidence.url}", f"{evidence.elapsed_ms} ms", evidence.note]
    parts += [f"request id {evidence.request_id}"] if evidence.request_id else []
    yield " · ".join(filter(None, parts))
    if evidence.said:
        yield SAID.format(evidence.said)


def _is_about_path(fetched: Fetched) -> bool:
    """Whether an answer speaks of what was asked for, and not of the connection, which a check can judge."""
    from oneroster_checks.client.reading import Kind

    return fetched.kind in (Kind.NOT_FOUND, Kind.BAD_REQUEST, Kind.NO_LIST, Kind.TOO_LARGE, Kind.ERROR)


def _sentence(kind: Kind | None, evidence: Evidence) -> str:
    from oneroster_checks.client.reading import Kind

    words: Mapping[Kind | None, str] = {
        Kind.SILENT: "The server did not answer",
        Kind.LOGIN_PAGE: "The server answered with a web page instead of JSON",
        Kind.MAINTENANCE: "The server answered with a maintenance page",
        Kind.REDIRECT: "The server redirected the request",
        Kind.NOT_JSON: "The server did not answer with JSON",
        Kind.NO_LIST: "The server did not answer with a list, so there are no pages to read; leave out --all",
        Kind.TOO_LARGE: "The answer is larger than this tool reads; ask for fewer records with --param limit=100",
    }
    if evidence.status is not None and evidence.status >= 400:
        return f"The server answered with HTTP {evidence.status}"
    return words.get(kind, "The server answered with an error")
