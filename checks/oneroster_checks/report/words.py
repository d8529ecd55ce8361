"""The lines that several reports share."""

from __future__ import annotations

from ..finding import Evidence, Status
from ..providers import provider
from ..result import NOT_APPLICABLE, ChecklistItem, Result, Said

STATE = {
    Status.PASS: "PASS",
    Status.WARN: "WARN",
    Status.FAIL: "FAIL",
    Status.SKIP: "SKIP",
    Status.ASK: "ASK",
    Status.ERROR: "ERROR",
}
_ORDER = (Status.FAIL, Status.ERROR, Status.WARN, Status.ASK, Status.PASS, Status.SKIP)
VERDICTS = {
    Status.PASS: "The connection works.",
    Status.WARN: "The connection works, with a warning.",
    Status.FAIL: "The connection does not work as it should.",
    Status.ERROR: "A check of this tool crashed; the district is not to blame.",
}


def row_state(item: ChecklistItem) -> str:
    """The word for a checklist row; one that has no place in this connection is not applicable, not skipped."""
    return (
        "N/A" if item.status is Status.SKIP and item.note.startswith(NOT_APPLICABLE) else STATE[item.status]
    )


def failures_first(said: tuple[Said, ...]) -> list[Said]:
    """Findings with failures first, each group in the order of the run."""
    return sorted(said, key=lambda entry: _ORDER.index(entry.finding.status))


def versions(result: Result) -> str:
    """Provider and versions in a line."""
    connection = result.connection
    return (
        f"{provider(connection.provider).title}, OAuth {connection.oauth}, OneRoster {connection.oneroster}"
    )


def request_line(evidence: Evidence) -> str:
    """One request with everything that a support case needs: full address, status, time, server's date and id."""
    if evidence.method == "CONNECT":
        status = "failed" if "failed" in evidence.note else "connected"
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
