"""Two runs side by side as JSON: what was compared by its kind, with both sides as a list of two."""

from __future__ import annotations

import json

from ..result import Result
from ..visible import safe_json
from .as_json import envelope
from .compared import RunComparison
from .compared_rows import ComparedKind, ComparedRow, ComparedValue
from .words import root_title

# The member of the document for each kind; the verdicts are those of `runs`.
_MEMBERS = {
    ComparedKind.FINDING: "findings",
    ComparedKind.VERSION: "versions",
    ComparedKind.FIELD: "connection",
    ComparedKind.SECRET: "secrets",
    ComparedKind.SERVER: "server",
    ComparedKind.COUNT: "counts",
}


def comparison_json(comparison: RunComparison) -> str:
    """A comparison as one JSON document, ending in a line break; in each list what differs comes first."""
    document = {
        **envelope(),
        "runs": [_run(each) for each in (comparison.left, comparison.right)],
        "differs": len(comparison.different),
        **{
            name: [_row(row) for row in comparison.rows if row.kind is kind]
            for kind, name in _MEMBERS.items()
        },
    }
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _run(result: Result) -> dict[str, object]:
    verdict = result.verdict
    return {
        "profile": result.profile,
        "started": result.started.isoformat(timespec="milliseconds"),
        "depth": "full" if result.is_full else "quick",
        "requests": result.requests,
        "duration_ms": result.duration_ms,
        "verdict": {
            "status": str(verdict.status),
            "cause": verdict.cause,
            "title": root_title(result) or None,
            "summary": verdict.summary,
        },
    }


def _row(row: ComparedRow) -> dict[str, object]:
    return {
        "id": row.id,
        "label": row.label,
        "differs": row.differs,
        "values": [_value(value) for value in (row.left, row.right)],
    }


def _value(value: ComparedValue | None) -> object:
    """A number, or words; of a finding its status and cause; null where a run does not have it."""
    if value is None:
        return None
    if value.status is not None:
        return {"status": str(value.status), "cause": value.cause, "words": value.words}
    return value.words if value.number is None else value.number
