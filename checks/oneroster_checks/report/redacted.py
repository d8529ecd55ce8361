"""The redaction of a result: every value in it passes, before anything is written down in any form.

Sentences are made of the catalogue's words and of facts that passed the redaction of the run, which knows the
secrets; they do not pass again, or their own words could go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache, partial
from typing import Any

from ..connection import Connection
from ..evidence import Evidence
from ..redaction import Redactor
from ..redaction.shown import redacted_facts, shown_connection, shown_observed
from ..result import ReportedFinding, Result
from ..visible import visible


def redacted(result: Result) -> Result:
    """A result without tokens and addresses that a server may have put into its words.

    The result of a run holds no known secret; this takes out what looks like one. The profile's name and the
    client id are the user's own and stay, so that a program finds them again.
    """
    typed = result.connection
    redactor = _redactor(typed)
    # A request is in the trace and in every finding that it proves.
    evidence = cache(partial(_evidence, redactor))
    return replace(
        result,
        connection=shown_connection(typed, redactor, hides_client_id=False),
        findings=tuple(_finding(each, redactor, evidence) for each in result.findings),
        trace=tuple(map(evidence, result.trace)),
        observed=shown_observed(result.observed, redactor),
    )


def shown(result: Result) -> Result:
    """A redacted result as every report but JSON shows it: no text in it acts on a terminal, a page or a file."""
    visibly: Result = _visible(redacted(result))
    return visibly


def shown_request(evidence: Evidence, connection: Connection) -> Evidence:
    """One request of a connection as `shown` gives it in a result."""
    request: Evidence = _visible(_evidence(_redactor(connection), evidence))
    return request


def shown_fields(connection: Connection) -> Connection:
    """A connection as `shown` gives it in a result."""
    fields: Connection = _visible(shown_connection(connection, _redactor(connection), hides_client_id=False))
    return fields


def _redactor(typed: Connection) -> Redactor:
    redactor = Redactor()
    redactor.spare(typed.client_id, typed.base_url, typed.token_url, *typed.scope.split())
    return redactor


def _finding(
    reported: ReportedFinding, redactor: Redactor, evidence: Callable[[Evidence], Evidence]
) -> ReportedFinding:
    finding = reported.finding
    hidden = replace(
        finding,
        facts=redacted_facts(finding.facts, redactor),
        evidence=tuple(map(evidence, finding.evidence)),
    )
    return replace(reported, finding=hidden)


def _evidence(redactor: Redactor, evidence: Evidence) -> Evidence:
    hide = redactor.text
    authorized = evidence.authorized
    return replace(
        evidence,
        url=hide(evidence.url),
        note=hide(evidence.note),
        request_id=hide(evidence.request_id),
        server_date=hide(evidence.server_date),
        outline=hide(evidence.outline),
        said=hide(evidence.said),
        content_type=hide(evidence.content_type),
        authorized=authorized and replace(authorized, scope=hide(authorized.scope)),
    )


def _visible(value: Any) -> Any:
    """The same value with every text in it made visible, however deep it lies."""
    # Only plain texts: a state or a stage is a word of this program's own.
    if type(value) is str:
        return visible(value)
    if isinstance(value, tuple):
        return tuple(map(_visible, value))
    if isinstance(value, Mapping):
        return {visible(name): _visible(each) for name, each in value.items()}
    if isinstance(value, Evidence):
        # The line breaks of an outline are this program's own.
        outline, value = visible(value.outline, lines=True), replace(value, outline="")
        every = {each.name: _visible(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **{**every, "outline": outline})
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _visible(getattr(value, each.name)) for each in fields(value)})
    return value
