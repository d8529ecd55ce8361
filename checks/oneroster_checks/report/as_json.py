"""The JSON report, as other programs rely on it: fields are added, none removed while the version is 1."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from ..causes.remaining import problems
from ..changes.model import Changed
from ..evidence import Evidence
from ..finding import Fact
from ..result import ChecklistItem, FoundProblem, ReportedFinding, Result
from ..version import __version__
from ..visible import safe_json

SCHEMA_VERSION = 1


def render(results: Sequence[Result]) -> str:
    """All runs as one JSON document, ending in a line break."""
    document = {**envelope(), "runs": [run_object(result) for result in results]}
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def envelope() -> dict[str, object]:
    """What every document says of itself: its version and the tool that wrote it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "oneroster-wizard", "version": __version__},
    }


def run_object(result: Result) -> dict[str, object]:
    """One object of `runs`."""
    connection, verdict = result.connection, result.verdict
    return {
        "profile": result.profile,
        "connection": {
            "provider": connection.provider,
            "oauth": connection.oauth,
            "oneroster": connection.oneroster,
            "base_url": connection.base_url,
            "token_url": connection.token_url,
            "client_id": connection.client_id,
            "share": list(connection.share),
            "created": connection.created.isoformat() if connection.created else None,
            "scope": connection.scope,
            "fixed_token": connection.fixed_token,
        },
        "started": _moment(result.started),
        "duration_ms": result.duration_ms,
        "requests": result.requests,
        "verdict": {
            "status": str(verdict.status),
            "cause": verdict.cause,
            "summary": verdict.summary,
            "fix": [str(step) for step in verdict.fix],
            "then": list(verdict.then),
            "problems": [_problem(each) for each in problems(result)],
        },
        "findings": [_finding(reported) for reported in result.findings],
        "checklist": [_item(item) for item in result.checklist],
        "counts": dict(result.counts),
        **({"read": [asdict(read) for read in result.read]} if result.is_full else {}),
        "times": [
            {
                "operation": each.operation,
                "requests": each.requests,
                "median_ms": each.median_ms,
                "worst_ms": each.worst_ms,
            }
            for each in result.times
        ],
        "endings": [
            {
                "kind": str(each.kind),
                "ends": each.ends.isoformat(),
                "days": each.days,
                "soon": each.soon,
                "summary": each.summary,
            }
            for each in result.endings
        ],
        **({"changed": _changed(result.changed)} if result.changed else {}),
    }


def _problem(problem: FoundProblem) -> dict[str, object]:
    return {
        "cause": problem.cause,
        "causes": list(problem.causes),
        "title": problem.title,
        "summary": problem.summary,
        "fix": [str(step) for step in problem.fix],
        "checks": list(problem.checks),
    }


def _changed(changed: Changed) -> dict[str, object]:
    return {
        "last_worked": _moment(changed.last_worked),
        "since": _moment(changed.since),
        "cause_since": _moment(changed.cause_since),
        "differences": [each.summary for each in changed.differences],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _finding(reported: ReportedFinding) -> dict[str, object]:
    finding = reported.finding
    return {
        "check": finding.check,
        "title": finding.title,
        "stage": str(finding.stage),
        "status": str(finding.status),
        "cause": finding.cause,
        "summary": reported.summary,
        "fix": [str(step) for step in reported.fix],
        "reason": finding.reason,
        "facts": {name: _fact(value) for name, value in finding.facts.items()},
        "duration_ms": finding.duration_ms,
        "evidence": [_evidence(entry) for entry in finding.evidence],
    }


def _fact(value: Fact) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _evidence(entry: Evidence) -> dict[str, object]:
    return {
        "method": entry.method,
        "url": entry.url,
        "status": entry.status,
        "elapsed_ms": entry.elapsed_ms,
        "note": entry.note,
        "server_date": entry.server_date or None,
        "request_id": entry.request_id or None,
        # There only where the answer was an error that says something.
        **({"said": entry.said} if entry.said else {}),
    }


def _item(item: ChecklistItem) -> dict[str, object]:
    return {
        "item": item.item,
        "text": item.text,
        "status": str(item.status),
        "applicable": item.applicable,
        "findings": list(item.findings),
        "note": item.note,
        "fix": [str(step) for step in item.fix],
    }
