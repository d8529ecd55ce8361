"""The lines that several reports share."""

from __future__ import annotations

from ..evidence import Evidence, EvidenceKind
from ..finding import Status
from ..labels import NOT_APPLICABLE, STATE_ORDER, STATES
from ..providers import provider
from ..result import ChecklistItem, ReportedFinding, Result

# The article's own heading over its points.
HEADING = "Verify before submitting a support case"
VERDICTS = {
    Status.PASS: "The connection works.",
    Status.WARN: "The connection works, with a warning.",
    Status.FAIL: "The connection does not work as it should.",
    Status.ERROR: "A check in this tool crashed. The district is not at fault.",
}


def row_state(item: ChecklistItem) -> str:
    """The word for a checklist row; one that has no place in this connection is not applicable, not skipped."""
    return STATES[item.status] if item.applicable else NOT_APPLICABLE


def failures_first(reported: tuple[ReportedFinding, ...]) -> list[ReportedFinding]:
    """Findings with failures first, each group in the order of the run."""
    return sorted(reported, key=lambda entry: STATE_ORDER.index(entry.finding.status))


def versions(result: Result) -> str:
    """Provider and versions in a line."""
    connection = result.connection
    return (
        f"{provider(connection.provider).title}, OAuth {connection.oauth}, OneRoster {connection.oneroster}"
    )


def request_line(evidence: Evidence) -> str:
    """One request with everything that a support case needs: full address, status, time, server's date and id."""
    if evidence.kind is EvidenceKind.CONNECTION:
        status = "failed" if evidence.failed else "connected"
    else:
        status = "no answer" if evidence.status is None else f"HTTP {evidence.status}"
    parts = [f"{evidence.method} {evidence.url}", status, f"{evidence.elapsed_ms} ms"]
    if evidence.note:
        parts.append(evidence.note)
    if evidence.server_date:
        parts.append(f"server's date {evidence.server_date}")
    if evidence.request_id:
        parts.append(f"request id {evidence.request_id}")
    return " · ".join(parts)


def moment(result: Result) -> str:
    """When the run began, in ISO 8601 with the offset, to the second."""
    return result.started.isoformat(timespec="seconds")
