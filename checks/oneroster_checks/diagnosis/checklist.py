"""The article's points, each settled by findings, and asked only where no evidence can settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..causes.words import report
from ..connection import Answer, Connection
from ..finding import Finding, Status
from ..labels import Who
from ..result import ChecklistItem, Result, Step
from .questions import Question, questions, wants_grades, where_to_look

__all__ = ["Question", "answered", "questions", "settle"]

_NOT_ALLOWED = frozenset({"token.unauthorized-client", "access.forbidden"})
# Causes of the first data calls that speak of the addresses or the credentials, not of what is shared.
_WRONG_ACCESS = frozenset(
    """access.token-rejected access.base-url-wrong access.login-page access.not-json payload.not-oneroster""".split()
)
_VENDOR = frozenset({"gradebook.vendor-credentials-missing", "gradebook.vendor-credentials-rejected"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a row may look at."""

    connection: Connection
    by_check: Mapping[str, Finding]
    answers: Mapping[str, Answer]
    has_vendor_pair: bool

    def status(self, check: str) -> Status | None:
        finding = self.by_check.get(check)
        return finding.status if finding else None

    def worked(self, check: str) -> bool:
        return self.status(check) in (Status.PASS, Status.WARN)

    def cause(self, check: str) -> str:
        finding = self.by_check.get(check)
        return (finding.cause or "") if finding else ""

    def of(self, *prefixes: str) -> list[Finding]:
        return [finding for check, finding in self.by_check.items() if check.startswith(prefixes)]


@dataclass(frozen=True, slots=True)
class _Settled:
    status: Status
    findings: Sequence[str] = ()
    note: str = ""
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    item: str
    text: str
    settle: Callable[[_Seen], _Settled]


def settle(
    connection: Connection,
    findings: Sequence[Finding],
    answers: Mapping[str, Answer],
    *,
    has_vendor_pair: bool = False,
) -> tuple[ChecklistItem, ...]:
    """The rows of the checklist for a connection, over the findings of a run and the district's answers."""
    seen = _Seen(connection, {finding.check: finding for finding in findings}, answers, has_vendor_pair)
    rows = _OAUTH1 if connection.oauth == 1 else _OAUTH2
    return tuple(_item(row, seen) for row in (*rows, *_answered_only(seen)))


def answered(result: Result, answers: Mapping[str, Answer]) -> Result:
    """The same result with its checklist settled again, over what the district has answered since the run."""
    findings = [reported.finding for reported in result.findings]
    checklist = settle(result.connection, findings, answers, has_vendor_pair=result.has_vendor_pair)
    return replace(result, checklist=checklist)


def _item(row: _Row, seen: _Seen) -> ChecklistItem:
    settled = row.settle(seen)
    status, note = settled.status, settled.note
    if status is Status.ASK:
        answer = seen.answers.get(row.item, "unknown")
        if answer == "yes":
            status, note = Status.PASS, "The district says so."
        elif answer == "no":
            status, note = Status.FAIL, "The district says no."
    fix: list[Step] = []
    if status is not Status.ASK:
        for check in settled.findings:
            finding = seen.by_check.get(check)
            if finding and finding.status in (Status.FAIL, Status.WARN) and finding.cause:
                fix += report(finding, seen.connection.provider).fix
    where = where_to_look(row.item, seen.connection)
    if not fix and status in (Status.ASK, Status.FAIL) and where:
        fix = [Step(Who.DISTRICT, f"look at {where}.")]
    return ChecklistItem(
        row.item,
        row.text,
        status,
        tuple(settled.findings),
        note,
        tuple(dict.fromkeys(fix)),
        settled.applicable,
    )


def _present(seen: _Seen, *checks: str) -> list[str]:
    return [check for check in checks if check in seen.by_check]


def _answering(seen: _Seen) -> _Settled:
    """Active and enabled: proved by data, disproved by a key that is known and not allowed."""
    checks = _present(seen, "token.issue", "oauth1.signature", "access.data")
    if seen.worked("access.data") or seen.cause("access.data") == "sharing.scope-missing":
        return _Settled(Status.PASS, checks, "Data is answered, so it is.")
    if seen.cause("token.issue") in _NOT_ALLOWED or seen.cause("access.data") in _NOT_ALLOWED:
        return _Settled(Status.FAIL, checks, "The key is known and not allowed in.")
    return _Settled(Status.ASK, checks, "The interface did not answer far enough to show it.")


def _credentials(seen: _Seen) -> _Settled:
    found = seen.of("address.", "key.")
    wrong = [finding.check for finding in found if finding.status is Status.FAIL]
    odd = [finding.check for finding in found if finding.status is Status.WARN]
    token, access = seen.status("token.issue"), seen.cause("access.data")
    if token is Status.FAIL and seen.cause("token.issue").startswith(("token.", "address.")):
        busy = seen.cause("token.issue") in (
            "token.throttled",
            "token.server-error",
            "token.unauthorized-client",
        )
        if not busy:
            wrong.append("token.issue")
    if access in _WRONG_ACCESS:
        wrong.append("access.data")
    if seen.cause("oauth1.signature") == "oauth1.rejected":
        wrong.append("oauth1.signature")
    if wrong:
        return _Settled(Status.FAIL, [*wrong, *odd])
    if not seen.worked("access.data"):
        refused = access in _NOT_ALLOWED or seen.cause("token.issue") in _NOT_ALLOWED
        if refused:
            return _Settled(
                Status.PASS, _present(seen, "token.issue", "access.data"), "They are known to the server."
            )
        return _Settled(
            Status.SKIP, _present(seen, "token.issue", "access.data"), "The run did not get that far."
        )
    if odd:
        return _Settled(Status.WARN, [*odd, *_present(seen, "token.issue", "access.data")])
    return _Settled(Status.PASS, _present(seen, "token.issue", "access.data"))


def _worst(findings: Sequence[Finding]) -> Status:
    statuses = {finding.status for finding in findings}
    for status in (Status.FAIL, Status.WARN, Status.PASS):
        if status in statuses:
            return status
    return Status.SKIP


def _data_to_share(seen: _Seen) -> _Settled:
    parts = seen.of("sharing.", "gradebook.")
    if seen.cause("access.data") == "sharing.scope-missing":
        parts = [*parts, seen.by_check["access.data"]]
    judged = [finding for finding in parts if finding.status is not Status.SKIP]
    # The vendor's own pair is not a matter of what the district shares.
    judged = [finding for finding in judged if finding.cause not in _VENDOR]
    checks = [finding.check for finding in judged]
    if not judged:
        return _Settled(Status.ASK, [finding.check for finding in parts], "Nothing shared could be read yet.")
    worst = _worst(judged)
    note = "Everything that was chosen is answered." if worst is Status.PASS else ""
    return _Settled(worst, checks, note)


def _user_accounts(seen: _Seen) -> _Settled:
    if seen.connection.oneroster == "1.2":
        return _Settled(
            Status.SKIP, (), "OneRoster 1.2 does not ask for it in the same way.", applicable=False
        )
    found = seen.of("accounts.")
    checks = [finding.check for finding in found]
    judged = [finding for finding in found if finding.status is not Status.SKIP]
    if not judged:
        return _Settled(Status.SKIP, checks, "Nobody could be read yet, so accounts could not be compared.")
    return _Settled(_worst(judged), checks)


def _no_grades(seen: _Seen) -> _Settled | None:
    if wants_grades(seen.connection):
        return None
    return _Settled(Status.SKIP, (), "The grade book was not chosen.", applicable=False)


def _grade_checks(seen: _Seen) -> list[str]:
    return _present(seen, "gradebook.read", "sharing.assessments")


def _vendor_credentials(seen: _Seen) -> _Settled:
    none = _no_grades(seen)
    if none:
        return none
    checks = _grade_checks(seen)
    causes = {seen.cause(check) for check in checks}
    if causes & _VENDOR:
        return _Settled(Status.FAIL, checks)
    if any(seen.worked(check) for check in checks):
        return _Settled(
            Status.PASS, checks, "" if seen.has_vendor_pair else "Grade-book calls work without it here."
        )
    if not seen.has_vendor_pair and seen.connection.provider == "infinite-campus":
        return _Settled(Status.WARN, checks, "No vendor key is set, and every grade-book call needs it.")
    return _Settled(Status.SKIP, checks, "Grade-book calls fail for another reason, or were not reached.")


def _grades_allowed(seen: _Seen) -> _Settled:
    none = _no_grades(seen)
    if none:
        return none
    checks = _grade_checks(seen)
    if any(seen.worked(check) for check in checks):
        return _Settled(Status.PASS, checks)
    if "gradebook.not-enabled" in {seen.cause(check) for check in checks}:
        return _Settled(Status.FAIL, checks)
    return _Settled(Status.ASK, checks, "Grade-book calls did not get far enough to show it.")


def _licence(seen: _Seen) -> _Settled:
    if seen.connection.provider != "infinite-campus":
        return _Settled(Status.SKIP, (), "Only Infinite Campus has this licence.", applicable=False)
    settled = _grades_allowed(seen)
    if settled.status is Status.FAIL:
        # A refusal does not tell whether the switch is off or the licence is missing.
        return _Settled(Status.ASK, settled.findings, "A refused grade book may have this reason.")
    return settled


def _not_expired(seen: _Seen) -> _Settled:
    checks = _present(seen, "oauth1.signature", "oauth1.age")
    if seen.status("oauth1.signature") is Status.FAIL:
        return _Settled(Status.FAIL, checks)
    if not seen.worked("oauth1.signature"):
        return _Settled(Status.SKIP, checks, "The run did not get that far.")
    soon = seen.status("oauth1.age") is Status.WARN
    return _Settled(Status.WARN if soon else Status.PASS, checks, "" if soon else "They are accepted today.")


_ACCOUNTS = _Row(
    "user-accounts", "For OneRoster 1.1, parents and students have user accounts.", _user_accounts
)
_VENDOR_ROW = _Row(
    "vendor-credentials",
    "The vendor key and secret are used where they are required, such as Grade Book.",
    _vendor_credentials,
)
_ROSTER_ONLY = _Row(
    "roster-only-credentials",
    "No grade book sync is attempted with credentials meant for roster sync only.",
    _grades_allowed,
)
_ENABLED = _Row(
    "gradebook-enabled", "Grade Book was enabled when the connection was configured.", _grades_allowed
)
_LICENCE = _Row(
    "campus-learning-licence", "The district has Campus Learning, which Grade Book needs.", _licence
)

_OAUTH2 = (
    _Row("connection-active", "The connection is active.", _answering),
    _Row("credentials-correct", "The key, secret, token URL and base URL are correct.", _credentials),
    _Row("connection-enabled", "The connection is enabled in the district's system.", _answering),
    _Row("data-to-share", "The Data to Share setting of the connection is accurate.", _data_to_share),
    _ACCOUNTS,
    _VENDOR_ROW,
    _ENABLED,
    _LICENCE,
)
_OAUTH1 = (
    _Row("credentials-current", "The key and secret have not expired.", _not_expired),
    _Row("credentials-correct", "The key, secret and base URL are correct.", _credentials),
    _Row("data-to-share", "The Data to Share setting of the connection is accurate.", _data_to_share),
    _ACCOUNTS,
    _ROSTER_ONLY,
    _ENABLED,
    _LICENCE,
    _VENDOR_ROW,
)


def _answered_only(seen: _Seen) -> list[_Row]:
    """Points beside the article's that stand in the list once the district has answered them."""
    rows = []
    if seen.answers.get("schools-chosen", "unknown") != "unknown":
        rows.append(_Row("schools-chosen", "All expected schools are chosen on the connection.", _asked))
    if seen.answers.get("supported-connection", "unknown") != "unknown":
        rows.append(
            _Row(
                "supported-connection",
                "The connection is a supported one, made from the vendor's tile.",
                _asked,
            )
        )
    return rows


def _asked(seen: _Seen) -> _Settled:
    return _Settled(Status.ASK)
