"""Results of a run with a stranger's text in every field that can hold one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from oneroster_checks.authorized import Authorized, AuthorizedBy, TokenForm
from oneroster_checks.changes.model import (
    Changed,
    Difference,
    DifferenceKind,
    Ending,
    EndingKind,
    Observed,
)
from oneroster_checks.connection import Connection
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Fact, Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.result import ChecklistItem, CollectionRead, ReportedFinding, Result, Step, Verdict

CAUSE = "access.forbidden"
_STEP = Step(Who.DISTRICT, "Turn it on.", cites_request=True)
_EVIDENCE = Evidence("GET", "https://d.example/orgs", 403, 3, said="No.")
_FINDING = Finding(
    "access.data",
    "Data access",
    Stage.ACCESS,
    Status.FAIL,
    CAUSE,
    {"status": 403, "path": "/orgs", "said": "No."},
    evidence=(_EVIDENCE,),
)
_RULE = Finding(
    "data.references",
    "References",
    Stage.DATA,
    Status.WARN,
    "data.dangling-reference",
    {"count": 2, "of": 300, "kinds": {"enrollment.user": 2}, "examples": ("e-1", "e-2")},
)
_PASSED = Finding("data.cycles", "Tree of orgs", Stage.DATA, Status.PASS, facts={"count": 0, "of": 3})
_READ = CollectionRead("orgs", 3, 3, 1, 900, 0.1, complete=False)
_DIFFERENCE = Difference(DifferenceKind.SERVER, "The server changed.")
_CHANGED = Changed(
    datetime(2026, 8, 1, 10, 0, tzinfo=UTC), datetime(2026, 8, 2, 10, 0, tzinfo=UTC), (_DIFFERENCE,)
)
_ENDING = Ending(EndingKind.CERTIFICATE, date(2026, 8, 9), 6, True, "The certificate ends.")
_ITEM = ChecklistItem("connection-active", "The connection is active.", Status.FAIL, ("access.data",), "No.")
PLAIN = Result(
    Connection(
        base_url="https://d.example/api",
        token_url="https://d.example/token",
        client_id="key-1",
        created=date(2026, 1, 31),
    ),
    datetime(2026, 8, 3, 10, 0, tzinfo=UTC),
    1234,
    17,
    Verdict(Status.FAIL, CAUSE, "Every request was refused.", (_STEP,), check="access.data"),
    (
        ReportedFinding(_FINDING, "Every request was refused.", (_STEP,)),
        ReportedFinding(_RULE, "Two records are not shared.", (_STEP,)),
        ReportedFinding(_PASSED, "No problem found."),
    ),
    (_ITEM,),
    {"orgs": 3},
    (_EVIDENCE, replace(_EVIDENCE, elapsed_ms=2)),
    "lakeside",
    read=(_READ,),
    endings=(_ENDING,),
    changed=_CHANGED,
)


def _connection(result: Result, **changes: object) -> Result:
    return replace(result, connection=result.connection.but(**changes))


def _evidence(result: Result, text: str, name: str) -> Result:
    reported = result.findings[0]
    (seen,) = reported.finding.evidence
    changed = replace(seen, **{name: text})  # type: ignore[arg-type]
    finding = replace(reported.finding, evidence=(changed,))
    findings = (replace(reported, finding=finding), *result.findings[1:])
    return replace(result, findings=findings, trace=(changed, replace(changed, elapsed_ms=2)))


def _authorized(result: Result, text: str) -> Result:
    sent = Authorized(AuthorizedBy.CLIENT, TokenForm.BODY, text)
    return replace(result, trace=(replace(result.trace[0], authorized=sent), *result.trace[1:]))


def _finding(result: Result, at: int = 0, **changes: object) -> Result:
    finding = replace(result.findings[at].finding, **changes)  # type: ignore[arg-type]
    return _reported(result, at, finding=finding)


def _reported(result: Result, at: int = 0, **changes: object) -> Result:
    findings = list(result.findings)
    findings[at] = replace(findings[at], **changes)  # type: ignore[arg-type]
    return replace(result, findings=tuple(findings))


def _rule(result: Result, name: str, value: Fact) -> Result:
    return _finding(result, 1, facts={**result.findings[1].finding.facts, name: value})


def _step(text: str) -> tuple[Step, ...]:
    return (replace(_STEP, text=text),)


def _facts(result: Result, text: str) -> Result:
    facts = result.findings[0].finding.facts
    changed = {**facts, "said": text, "path": text, "examples": (text, text), text: text, "kinds": {text: 3}}
    return _finding(result, facts=changed)


# Every place of a result that can hold a stranger's text, with what puts one there.
PLACES: dict[str, Callable[[Result, str], Result]] = {
    "profile": lambda result, text: replace(result, profile=text),
    "base URL": lambda result, text: _connection(result, base_url=text),
    "token URL": lambda result, text: _connection(result, token_url=text),
    "client id": lambda result, text: _connection(result, client_id=text),
    "scope": lambda result, text: _connection(result, scope=text),
    "verdict": lambda result, text: replace(result, verdict=replace(result.verdict, summary=text)),
    "step of the verdict": lambda result, text: replace(
        result, verdict=replace(result.verdict, fix=_step(text))
    ),
    "title of a finding": lambda result, text: _finding(result, title=text),
    "summary": lambda result, text: _reported(result, summary=text),
    "step": lambda result, text: _reported(result, fix=_step(text)),
    "reason": lambda result, text: _finding(result, reason=text),
    "facts": _facts,
    "method": lambda result, text: _evidence(result, text, "method"),
    "address": lambda result, text: _evidence(result, text, "url"),
    "note": lambda result, text: _evidence(result, text, "note"),
    "date": lambda result, text: _evidence(result, text, "server_date"),
    "request id": lambda result, text: _evidence(result, text, "request_id"),
    "outline": lambda result, text: _evidence(result, text, "outline"),
    "check of a request": lambda result, text: _evidence(result, text, "check"),
    "content type": lambda result, text: _evidence(result, text, "content_type"),
    "scope of a token request": lambda result, text: _authorized(result, text),
    "the server's words": lambda result, text: _evidence(result, text, "said"),
    "text of a point": lambda result, text: replace(
        result, checklist=(replace(result.checklist[0], text=text),)
    ),
    "note of a point": lambda result, text: replace(
        result, checklist=(replace(result.checklist[0], note=text),)
    ),
    "step of a point": lambda result, text: replace(
        result, checklist=(replace(result.checklist[0], fix=_step(text)),)
    ),
    "count": lambda result, text: replace(result, counts={text: 3}),
    "collection": lambda result, text: replace(result, read=(replace(result.read[0], collection=text),)),
    "title of a rule": lambda result, text: _finding(result, 1, title=text),
    "sentence of a rule": lambda result, text: _reported(result, 1, summary=text),
    "step of a rule": lambda result, text: _reported(result, 1, fix=_step(text)),
    "kind": lambda result, text: _rule(result, "kinds", {text: 2}),
    "examples": lambda result, text: _rule(result, "examples", (text, text)),
    "difference": lambda result, text: replace(
        result, changed=replace(_CHANGED, differences=(replace(_DIFFERENCE, summary=text),))
    ),
    "ending": lambda result, text: replace(result, endings=(replace(_ENDING, summary=text),)),
    "what was seen": lambda result, text: replace(result, observed=Observed(None, text, text, (text,))),
}


def in_every_place(text: str) -> Result:
    """A result with a text in all of these places at once."""
    result = PLAIN
    for put in PLACES.values():
        result = put(result, text)
    return result
