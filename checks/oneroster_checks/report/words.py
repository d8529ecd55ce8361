"""The lines that several reports share."""

from __future__ import annotations

from typing import NamedTuple

from ..causes import entry_of
from ..causes.remaining import problems
from ..evidence import Evidence, EvidenceKind, all_said
from ..finding import Finding, Status
from ..labels import NOT_APPLICABLE, PARTS, STATE_ORDER, STATES, authorization_label
from ..limits import SAID_OF_A_FINDING
from ..providers import provider
from ..redaction.ids import CUT
from ..result import ChecklistItem, ReportedFinding, Result, Verdict

# The article's own heading over its points.
HEADING = "Verify before submitting a support case"
# How the server's own words are told from those of this program, wherever they are shown.
SAID = "The server said: “{}”"
# What a row says in place of the sentence that stands under the root cause.
ROOT_ABOVE = "See the root cause above."
VERDICTS = {
    Status.PASS: "The connection works.",
    Status.WARN: "The connection works, with a warning.",
    Status.FAIL: "The connection does not work as it should.",
    Status.ERROR: "The connection could not be checked.",
}


def verdict_line(verdict: Verdict) -> str:
    """What a verdict means, in one line: what a cause says of the whole run, even one that is not the root cause."""
    own = (entry_of(code).verdict for code in (verdict.cause, *verdict.then))
    return next((words for words in own if words), VERDICTS[verdict.status])


def root_title(result: Result) -> str:
    """The title of the root cause, with what is known of it here; "" where there is none."""
    return next((problem.title for problem in problems(result)), "")


def expected_after(result: Result) -> tuple[tuple[str, str], ...]:
    """What will show after the root cause is fixed: titles with their codes, each once."""
    return tuple(dict.fromkeys((each.title, each.cause) for each in problems(result)[1:]))


def row_state(item: ChecklistItem) -> str:
    """The word for a checklist row; one that has no place in this connection is not applicable, not skipped."""
    return STATES[item.status] if item.applicable else NOT_APPLICABLE


def failures_first(reported: tuple[ReportedFinding, ...]) -> list[ReportedFinding]:
    """Findings with failures first, each group in the order of the run."""
    return sorted(reported, key=lambda entry: STATE_ORDER.index(entry.finding.status))


def versions(result: Result) -> str:
    """Provider and versions in a line."""
    connection = result.connection
    authorization = authorization_label(connection.oauth, fixed_token=connection.fixed_token)
    return f"{provider(connection.provider).title}, {authorization}, OneRoster {connection.oneroster}"


class ConnectionRow(NamedTuple):
    """One value of a connection with its name; `verbatim` is for what is copied character by character."""

    name: str
    value: str
    verbatim: bool = False


def connection_rows(result: Result) -> tuple[ConnectionRow, ...]:
    """What the run was of, in the order in which people compare it; a value that is not set has no row."""
    connection = result.connection
    token_url = connection.token_url if connection.requests_token else ""
    rows = (
        ConnectionRow("Profile", result.profile or ""),
        ConnectionRow("Connection", versions(result)),
        ConnectionRow("Base URL", connection.base_url, verbatim=True),
        ConnectionRow("Token URL", token_url, verbatim=True),
        ConnectionRow("Client id", connection.client_id, verbatim=True),
        ConnectionRow("Data you expect", ", ".join(PARTS[part] for part in connection.share)),
        ConnectionRow("Created", connection.created.isoformat() if connection.created else ""),
    )
    return tuple(row for row in rows if row.value)


def answer_words(evidence: Evidence) -> str:
    """What came back: the status, "no answer", or whether a connection could be opened."""
    if evidence.kind is EvidenceKind.CONNECTION:
        return "failed" if evidence.failed else "connected"
    return "no answer" if evidence.status is None else f"HTTP {evidence.status}"


def request_line(evidence: Evidence) -> str:
    """One request with everything that a support case needs: full address, status, time, server's date and id."""
    return " · ".join(request_parts(evidence))


def request_parts(evidence: Evidence) -> list[str]:
    """The pieces of that line, method and address first."""
    cut = ["ids in the address shortened"] if CUT in evidence.url else []
    parts = [f"{evidence.method} {evidence.url}", *cut, answer_words(evidence), f"{evidence.elapsed_ms} ms"]
    if evidence.note:
        parts.append(evidence.note)
    if evidence.server_date:
        parts.append(f"server's date {evidence.server_date}")
    if evidence.request_id:
        parts.append(f"request id {evidence.request_id}")
    return parts


def server_words(reported: ReportedFinding) -> tuple[str, ...]:
    """The server's own words that a finding shows: of the requests that prove it, the first few that differ.

    Where the finding speaks of a status, they are of answers with it: another address that was tried on the way says
    nothing of the cause. What the sentence of the finding quotes is not told again. Empty for a finding that names no
    fault.
    """
    if reported.finding.status not in (Status.FAIL, Status.WARN, Status.ERROR):
        return ()
    said = all_said(telling(reported.finding))[:SAID_OF_A_FINDING]
    return tuple(words for words in said if words not in reported.summary)


def telling(finding: Finding) -> list[Evidence]:
    """The requests that prove a finding, of those with its status where it speaks of one."""
    status = finding.facts.get("status")
    return [each for each in finding.evidence if status is None or each.status == status]


def said_lines(reported: ReportedFinding) -> list[str]:
    """The same as sentences that say whose words they are."""
    return [SAID.format(words) for words in server_words(reported)]


def moment(result: Result) -> str:
    """When the run began, in ISO 8601 with the offset, to the second."""
    return result.started.isoformat(timespec="seconds")


def once(sentence: str, result: Result) -> str:
    """A sentence, or where it already stands, when it is that of the root cause."""
    verdict = result.verdict
    return ROOT_ABOVE if verdict.cause and sentence == verdict.summary else sentence
